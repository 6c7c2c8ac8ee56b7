package tr.emanet.backup.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.source.DeviceConfig;
import tr.emanet.backup.source.DeviceKind;
import tr.emanet.backup.source.Source;
import tr.emanet.store.Database;

/** Sources in the job's row, before the migration and after, and what is refused. */
class SourcesTest {

  private static final String KEY = "SHA256:" + "a".repeat(43);

  @TempDir Path directory;

  private BackupSpec spec(Source... sources) {
    return new BackupSpec(
        "İmar",
        "",
        List.of(sources),
        directory.resolve("depo").toString(),
        "",
        null,
        Keep.PROPOSED,
        26,
        "",
        BackupSpec.Hooks.NONE);
  }

  private String wrong(Source... sources) {
    return new SpecCheck(directory.resolve("state"), Set.of()).wrong(spec(sources), List.of(), -1);
  }

  @Test
  void keepsEveryKindOfSourceInTheRowOfAJob() throws Exception {
    BackupSpec spec =
        spec(
            new Source.Tree("/srv/Fen İşleri"),
            new Source.Self(),
            new Source.Postgres("127.0.0.1", 5432, "ebys", "yedek"),
            new Source.MariaDb("127.0.0.1", 3306, "web", "yedek"),
            new Source.Sqlite("/srv/kiosk.db"),
            new Source.Device(DeviceKind.FORTIGATE, "fw1", 22, "yedek", KEY),
            new Source.Sftp("dosya", 22, "yedek", "/srv/imar", KEY));
    try (Database database = Database.open(directory.resolve("s"), List.of("job", "backup/plan"))) {
      BackupStore store = new BackupStore(database);

      long id = store.add(spec, "mudur", Instant.EPOCH, null);

      assertThat(store.job(id).orElseThrow().spec()).isEqualTo(spec);
    }
  }

  @Test
  void readsJobsFromBeforeTheListOfSources() throws Exception {
    String before =
        """
        {"name":"İmar","systems":"","paths":["/srv/Fen İşleri","emanet:"],"databases":[{"host":\
        "127.0.0.1","port":5433,"name":"ebys","user":"yedek"}],"repository":"/depo","schedule":"",\
        "startAt":null,"keep":{"daily":7,"weekly":4,"monthly":12,"yearly":0},"rpoHours":26,\
        "quiet":"","hooks":{"before":"","after":""}}\
        """;
    String step;
    try (var in = BackupStore.class.getResourceAsStream("db/V2026_11_23_71__backup_sources.sql")) {
      step = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    try (Database database = Database.open(directory.resolve("s"), List.of("job", "backup/plan"))) {
      BackupStore store = new BackupStore(database);
      long id = store.add(spec(new Source.Self()), "mudur", Instant.EPOCH, null);
      database.write(
          h -> h.createUpdate("UPDATE backup_plan SET spec = :old").bind("old", before).execute());

      database.write(h -> h.createUpdate(step).execute());

      assertThat(store.job(id).orElseThrow().spec().sources())
          .containsExactly(
              new Source.Tree("/srv/Fen İşleri"),
              new Source.Self(),
              new Source.Postgres("127.0.0.1", 5433, "ebys", "yedek"));
    }
  }

  @Test
  void refusesSourcesWithAReason() throws Exception {
    Path file = Files.writeString(directory.resolve("kiosk.db"), "");
    Path tree = Files.createDirectory(directory.resolve("imar"));

    assertThat(wrong()).isEqualTo("sources");
    assertThat(wrong(new Source.Tree("imar"))).isEqualTo("path");
    assertThat(wrong(new Source.Tree(directory.resolve("yok").toString())))
        .isEqualTo("path-missing");
    assertThat(wrong(new Source.Tree(directory.toString()))).isEqualTo("path-state");
    assertThat(wrong(new Source.Sqlite(tree.toString()))).isEqualTo("sqlite");
    assertThat(wrong(new Source.Self(), new Source.Self())).isEqualTo("source-twice");
    assertThat(wrong(new Source.Tree(tree.toString()), new Source.Sqlite(file.toString())))
        .isEmpty();
    assertThatThrownBy(() -> new Source.Postgres("-h", 5432, "ebys", "yedek"))
        .hasMessage("database");
    assertThatThrownBy(() -> new Source.Sftp("dosya", 22, "yedek", "/srv/../etc", KEY))
        .hasMessage("remote-path");
    assertThatThrownBy(() -> new Source.Device(DeviceKind.CISCO, "sw1", 22, "yedek", "aa:bb:cc"))
        .hasMessage("host-key");
  }

  @Test
  void keepsSecretsInFilesThatNobodyElseReads() throws Exception {
    PassFiles files = new PassFiles(directory.resolve("keys"));
    List<Source> sources =
        List.of(
            new Source.Tree("/srv"),
            new Source.Postgres("127.0.0.1", 5432, "ebys", "yedek"),
            new Source.MariaDb("127.0.0.1", 3306, "web", "yedek"),
            new Source.Sftp("dosya", 22, "yedek", "/srv/imar", KEY));

    files.keepAll(3, sources, List.of("", "bir:iki", "\"üç\"", "-----BEGIN X-----\nk\n"));

    try (var all = Files.list(directory.resolve("keys"))) {
      List<Path> made = all.toList();
      assertThat(made).hasSize(3);
      for (Path file : made) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
    assertThat(files.access(3, sources.get(3), KEY).privateKey()).exists();
    assertThat(PassFiles.wrong(sources, List.of("", "a\nb"))).isEqualTo("password");
    files.remove(3);
    assertThat(directory.resolve("keys")).isEmptyDirectory();
  }

  @Test
  void tellsWhatChangedOnADeviceWithoutItsSecrets() throws Exception {
    PassFiles files = new PassFiles(directory.resolve("keys"));
    Source.Device device = new Source.Device(DeviceKind.CISCO, "sw1", 22, "yedek", KEY);
    String before = "version 15.2\nhostname sw1\nenable secret 5 $1$eski\nend\n";
    String now =
        """
        version 15.2
        hostname sw1
        enable secret 5 $1$yeni
        snmp-server community gizli-kelime RO
        ip route 0.0.0.0 0.0.0.0 10.0.0.1
        end
        """;

    List<String> first = files.changed(1, device, before.getBytes(UTF_8));
    List<String> again = files.changed(1, device, before.getBytes(UTF_8));
    List<String> changed = DeviceConfig.secretless(files.changed(1, device, now.getBytes(UTF_8)));

    assertThat(first).isEmpty();
    assertThat(again).isEmpty();
    assertThat(changed)
        .containsExactly(
            "-enable secret ***",
            "+enable secret ***",
            "+snmp-server community ***",
            "+ip route 0.0.0.0 0.0.0.0 10.0.0.1");
  }
}
