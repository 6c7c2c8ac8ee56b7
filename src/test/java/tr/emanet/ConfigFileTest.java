package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.alert.NotifyConfig;
import tr.emanet.parse.SourceConfig;

class ConfigFileTest {

  @TempDir Path directory;

  @Test
  void acceptsTheShippedDefaults() throws IOException {
    ConfigFile.Outcome outcome = ConfigFile.read(null, List.of());

    assertThat(outcome).isInstanceOf(ConfigFile.Outcome.Valid.class);
  }

  @Test
  void letsTheFileWinOverDefaultsAndSetOverTheFile() throws IOException {
    Path file =
        write(
            """
            institution: Deneme Belediyesi
            http:
              port: 8181
            intake:
              mqtt:
                topics: ["a/#", "b/#"]
            """);

    Settings settings = valid(file, "http.port=9191", "search.ownNetworks=[192.0.2.0/24]");

    assertThat(settings.institution()).isEqualTo("Deneme Belediyesi");
    assertThat(settings.http().port()).isEqualTo(9191);
    assertThat(settings.intake().mqtt().topics()).containsExactly("a/#", "b/#");
    assertThat(settings.intake().mqtt().clientId()).isEqualTo("emanet");
    assertThat(settings.search().ownNetworks()).containsExactly("192.0.2.0/24");
  }

  @Test
  void namesEveryProblemOfTheFileWithItsLineAndRemedy() throws IOException {
    Path file =
        write(
            """
            instituton: Deneme
            http:
              port: many
              bind: 127.0.0.1
            journal: 7
            index:
              keepDays: true
            """);

    List<String> problems = problems(file);

    assertThat(problems)
        .containsExactly(
            file + ":1: instituton: unknown key; did you mean institution?",
            file + ":3: http.port: 'many' is not a number; the default is 0",
            file + ":5: journal: is a section; indent its keys below it",
            file + ":7: index.keepDays: 'true' is not a number; the default is 180");
  }

  @Test
  void namesWhatIsWrongWithAKeyOnAModuleAndWithThePolicy() throws IOException {
    Path open = write("1234");
    Path file =
        write(
            """
            seal:
              policy: P9
              pkcs11:
                library: /none/lib.so
                slotIndex: -1
                keyLabel: mühür
                pinFile: %s
            """
                .replace("%s", open.toString()));

    List<String> problems = problems(file);
    List<String> stampless = problems(null, "seal.policy=P2");

    assertThat(problems)
        .anyMatch(p -> p.contains("seal.policy: 'P9' is not known"))
        .anyMatch(p -> p.contains("seal.pkcs11: the key's label must be ASCII"))
        .anyMatch(p -> p.contains("seal.pkcs11.library: '/none/lib.so' cannot be read"))
        .anyMatch(p -> p.contains("may be read by others than its owner; chmod 600"));
    assertThat(stampless).singleElement().asString().contains("set seal.timestamp.url");
  }

  @Test
  void namesEveryBrokenRuleWithItsLine() throws IOException {
    Path file =
        write(
            """
            zone: Istanbul
            profile: tiny
            http:
              bind: 0.0.0.0
              tls: false
            intake:
              syslog:
                udpPort: 70000
            """);

    List<String> problems = problems(file);

    assertThat(problems)
        .containsExactlyInAnyOrder(
            file + ":1: zone: 'Istanbul' is no time zone; write one as Europe/Istanbul",
            file + ":2: profile: 'tiny' is not one of small, standard",
            file
                + ":5: http.tls: off loopback the UI speaks TLS only; set http.tls: true or bind"
                + " 127.0.0.1",
            file + ":8: intake.syslog.udpPort: 70000 is not between 0 and 65535");
  }

  @Test
  void takesTheHabitsOfSenders() throws IOException {
    Path file =
        write(
            """
            zone: UTC
            sources:
              importListeners: [syslog_tcp]
              networks:
                - cidr: 10.1.0.0/16
                  charset: windows-1252
                - {cidr: 192.0.2.7, host: fw-depo}
            """);

    SourceConfig config = valid(file).sourceConfig();

    assertThat(config.zone()).isEqualTo("UTC");
    assertThat(config.charset()).isEqualTo("windows-1254");
    assertThat(config.importListeners()).containsExactly("syslog_tcp");
    assertThat(config.networks())
        .containsExactly(
            new SourceConfig.Network("10.1.0.0/16", null, "windows-1252"),
            new SourceConfig.Network("192.0.2.7", null, null, "fw-depo"));
    assertThat(valid(file, "sources.zone=Asia/Nicosia").sourceConfig().zone())
        .isEqualTo("Asia/Nicosia");
  }

  @Test
  void namesEveryBrokenValueOfASenderWithItsLine() throws IOException {
    Path file =
        write(
            """
            sources:
              charset: UTF-16
              networks:
                - cidr: 10.1.0.0/64
                  zone: Mars
                - {cidr: 192.0.2.7, host: "a b"}
            """);

    assertThat(problems(file))
        .satisfiesExactly(
            p -> assertThat(p).startsWith(file + ":2: sources.charset: ").contains("UTF-16"),
            p -> assertThat(p).startsWith(file + ":4: sources.networks[0].cidr: "),
            p -> assertThat(p).startsWith(file + ":5: sources.networks[0].zone: "),
            p -> assertThat(p).startsWith(file + ":6: sources.networks[1].host: "));
  }

  @Test
  void namesEveryMisshapenItemOfAListWithItsLine() throws IOException {
    Path file =
        write(
            """
            sources:
              networks:
                - 10.0.0.0/8
                - {zone: UTC, hots: x}
                - {cidr: [1]}
            """);

    assertThat(problems(file))
        .containsExactly(
            file + ":3: sources.networks[0]: expected a section with cidr, zone, charset, host",
            file
                + ":4: sources.networks[1].hots: unknown key; known here: cidr, zone, charset,"
                + " host",
            file + ":4: sources.networks[1]: lacks cidr",
            file + ":5: sources.networks[2].cidr: expected one value");
    assertThat(problems(null, "sources.networks=[{zone: UTC}]").getFirst())
        .contains("sources.networks[0].cidr");
    assertThat(problems(null, "sources.networks=[{hots: x}]")).hasSize(1);
  }

  @Test
  void takesPeopleAndProgramsThatAreTold() throws IOException {
    Path secret =
        Files.writeString(
            Files.createFile(
                directory.resolve("hook"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
            "gizli");
    Path file =
        write(
            """
            notify:
              baseUrl: https://emanet.ornek.bel.tr/
              mail:
                host: 127.0.0.1
                port: 25
                security: none
                from: emanet@ornek.bel.tr
                recipients:
                  - {to: some@ornek.bel.tr, role: analyst, atLeast: medium}
                  - {to: bt@ornek.bel.tr, role: administrator, language: en}
              webhooks:
                - {name: santral, url: "https://hook.example/x?y=z", secretFile: %s}
            """
                .replace("%s", secret.toString()));

    NotifyConfig config = valid(file).notification();

    assertThat(config.base()).isEqualTo("https://emanet.ornek.bel.tr");
    assertThat(config.mail().recipients()).hasSize(2);
    assertThat(config.webhooks().getFirst().uri().getHost()).isEqualTo("hook.example");
  }

  @Test
  void namesEveryMistakeOfNotificationWithItsLineAndNoSecret() throws IOException {
    Path open = Files.writeString(directory.resolve("open"), "user\npassword");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    Path file =
        write(
            """
            notify:
              baseUrl: emanet
              perMinute: 1
              mail:
                host: mail.ornek.bel.tr
                security: none
                credentialsFile: %s
                from: "a@b.tr>\\nBcc: x"
                recipients:
                  - {to: "a b@c", language: de, atLeast: bad, role: root}
              webhooks:
                - {name: A, url: "https://hook.example/token#x", secretFile: /nowhere}
            """
                .replace("%s", open.toString()));

    List<String> found = problems(file);

    assertThat(found)
        .anySatisfy(p -> assertThat(p).startsWith(file + ":2: notify.baseUrl: "))
        .anySatisfy(p -> assertThat(p).startsWith(file + ":3: notify.perMinute: "))
        .anySatisfy(p -> assertThat(p).startsWith(file + ":6: notify.mail.security: none sends"))
        .anySatisfy(p -> assertThat(p).contains(":7: ", "chmod 600"))
        .anySatisfy(p -> assertThat(p).startsWith(file + ":8: notify.mail.from: "))
        .anySatisfy(p -> assertThat(p).contains(":10: notify.mail.recipients[0].to"))
        .anySatisfy(p -> assertThat(p).contains(":10: notify.mail.recipients[0].role"))
        .anySatisfy(p -> assertThat(p).contains(":12: notify.webhooks[0].url"))
        .anySatisfy(p -> assertThat(p).contains(":12: notify.webhooks[0].secretFile"))
        .noneSatisfy(p -> assertThat(p).contains("token"));
    assertThat(found).hasSize(12);
    assertThat(problems(null, "notify.mail.recipients=[{role: analyst}]")).isNotEmpty();
  }

  @Test
  void saysWhereTheYamlBreaks() throws IOException {
    Path file = write("http:\n  port: [1\nzone: x\n");

    List<String> problems = problems(file);

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).startsWith(file + ":3: ").contains("check indentation");
  }

  @Test
  void refusesTagsAliasBombsAndDuplicateKeys() throws IOException {
    assertThat(problems(write("zone: a\nzone: b\n"))).isNotEmpty();
    assertThat(problems(write("institution: !!javax.script.ScriptEngineManager [x]\n")))
        .isNotEmpty();
    assertThat(problems(directory.resolve("missing.yml")).getFirst()).contains("cannot be read");
  }

  @Test
  void refusesAnOverrideThatNamesNothing() throws IOException {
    assertThat(problems(null, "http.prot=1"))
        .containsExactly("--set http.prot=1: unknown key; did you mean port?");
    assertThat(problems(null, "http=1"))
        .containsExactly("--set http=1: is a section; name one of its keys");
    assertThat(problems(null, "nonsense")).hasSize(1);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("emanet.yml"), text);
  }

  private static Settings valid(Path file, String... overrides) throws IOException {
    return switch (ConfigFile.read(file, List.of(overrides))) {
      case ConfigFile.Outcome.Valid(Settings settings) -> settings;
      case ConfigFile.Outcome.Invalid(List<String> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  private static List<String> problems(
      @org.jspecify.annotations.Nullable Path file, String... overrides) throws IOException {
    return switch (ConfigFile.read(file, List.of(overrides))) {
      case ConfigFile.Outcome.Valid(Settings settings) ->
          throw new AssertionError("accepted: " + settings);
      case ConfigFile.Outcome.Invalid(List<String> problems) -> problems;
    };
  }
}
