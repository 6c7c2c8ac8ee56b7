package tr.emanet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.sign.SealKey;

/** What {@code emanet backup run} takes, does not get, and refuses. */
class SourceCommandsIT {

  private static final String NOBODY = "65534";

  @TempDir Path place;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void repository() throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(place.resolve("parola"), "gizli şifre 3");
    done("repo", "init", path("depo"));
  }

  @Test
  void storesStandardInputUnderItsNameAndStockResticReadsIt() throws Exception {
    Process run =
        start(
            List.of(),
            "backup",
            "run",
            "--repo",
            path("depo"),
            "--password-file",
            path("parola"),
            "--stdin",
            "--stdin-filename",
            "yedek/imar.sql");
    try (var in = run.getOutputStream()) {
      in.write("İmar planı\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
    }

    Ran ran = ended(run);

    assertThat(ran.code()).as(ran.out()).isZero();
    done("backup", "ls", "--repo", path("depo"), "latest", "/yedek");
    assertThat(said()).contains("imar.sql");
    done("restore", "--repo", path("depo"), "latest", "--target", path("geri"));
    assertThat(place.resolve("geri/yedek/imar.sql"))
        .hasContent("İmar planı\n".repeat(5000).strip());
  }

  @Test
  void makesNoSnapshotOfAProgramThatFailsOrOfTooLittle() throws Exception {
    String[] run = {"backup", "run", "--repo", path("depo"), "--password-file", path("parola")};

    int failed = emanet(with(run, "--stdin-from-command", "--", "sh", "-c", "echo yarım; exit 3"));
    assertThat(said()).contains("ended with 3", "no snapshot was made");
    int empty = emanet(with(run, "--stdin-from-command", "--", "true"));
    assertThat(said()).contains("ended after 0 bytes");
    int small =
        emanet(with(run, "--stdin-least", "100", "--stdin-from-command", "--", "echo", "az"));
    assertThat(said()).contains("at least 100");
    int none = emanet(with(run, "--stdin-from-command", "--", "/yok/program"));
    assertThat(said()).contains("/yok/program");
    int both = emanet(with(run, "--stdin", path("parola")));
    int nothing = emanet(run);
    done("repo", "snapshots", path("depo"));
    String snapshots = said();
    int good = emanet(with(run, "--stdin-from-command", "--", "echo", "tamam"));

    assertThat(List.of(failed, empty, small, none)).containsOnly(ExitCode.FAILED);
    assertThat(List.of(both, nothing)).containsOnly(ExitCode.USAGE);
    assertThat(snapshots.strip()).isEmpty();
    assertThat(good).isZero();
  }

  @Test
  void namesWhatAnUnprivilegedUserCouldNotReadInOutputAndSeal() throws Exception {
    Assumptions.assumeTrue(root(), "skipped: needs root to become another user");
    Path tree = Files.createDirectories(place.resolve("belge"));
    Files.writeString(tree.resolve("açık.txt"), "herkes okur");
    Path secret = Files.writeString(tree.resolve("gizli maaş.txt"), "yalnız sahibi");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path closed = Files.createDirectory(tree.resolve("kapalı"));
    Files.writeString(closed.resolve("a"), "a");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    SealKey.openOrCreate(
            place.resolve("durum/keys"), "sunucu", new SecureRandom(), InstantSource.system())
        .close();
    for (String mine : List.of("depo", "durum", "parola")) {
      assertThat(ended(new ProcessBuilder("chown", "-R", NOBODY, path(mine)).start()).code())
          .isZero();
    }

    Ran ran =
        ended(
            start(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
                "backup",
                "run",
                "--repo",
                path("depo"),
                "--password-file",
                path("parola"),
                "--seal-state",
                path("durum"),
                path("belge")));

    assertThat(ran.code()).as(ran.out()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(ran.out())
        .contains("NOT READ: " + secret, "NOT READ: " + closed)
        .doesNotContain("açık");
    Path seals = place.resolve("depo/seals");
    assertThat(Files.readString(seals.resolve("00000001.json")))
        .contains("\"incomplete\"", "\"unread\":2");
    String list =
        ran.out()
            .lines()
            .filter(line -> line.startsWith("NOT READ: "))
            .map(line -> line.substring(10))
            .collect(Collectors.joining("\n"));
    String digest =
        HexFormat.of().formatHex(Digests.sha256().digest(list.getBytes(StandardCharsets.UTF_8)));
    assertThat(Files.readString(seals.resolve("00000001.json"))).contains(digest);
  }

  @Test
  void goesIntoMountsAndRefusesARepositoryThatABindMountShowsInTheSource() throws Exception {
    Assumptions.assumeTrue(root(), "skipped: needs root to mount");
    Path tree = Files.createDirectories(place.resolve("kaynak/bağlı"));
    Path inner = Files.createDirectories(place.resolve("kaynak/depo-gör"));
    Files.writeString(place.resolve("kaynak/a.txt"), "a");
    boolean mounted = mount("-t", "tmpfs", "-o", "size=1m", "none", tree.toString());
    Assumptions.assumeTrue(mounted, "skipped: mounting is not allowed here");
    String[] run = {"backup", "run", "--repo", path("depo"), "--password-file", path("parola")};
    try {
      Files.writeString(tree.resolve("öteki disk.txt"), "b");
      int crossed = emanet(with(run, path("kaynak")));
      assertThat(crossed).as(said()).isZero();
      done("backup", "ls", "--repo", path("depo"), "latest", tree.toString());
      assertThat(said()).contains("öteki disk.txt");

      assertThat(mount("--bind", path("depo"), inner.toString())).isTrue();
      int refused = emanet(with(run, path("kaynak")));

      assertThat(refused).isEqualTo(ExitCode.FAILED);
      assertThat(said()).contains("lies inside of", inner.toString());
    } finally {
      for (Path point : List.of(inner, tree)) {
        ended(new ProcessBuilder("umount", point.toString()).start());
      }
    }
  }

  private static boolean mount(String... arguments) throws Exception {
    return ended(new ProcessBuilder(with(new String[] {"mount"}, arguments)).start()).code() == 0;
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private record Ran(int code, String out) {}

  private static Ran ended(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), out);
  }

  /** The command in a process of its own, with copies of the classes that everybody may read. */
  private Process start(List<String> as, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(as);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath(),
            "tr.emanet.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  /** Jars where everybody may reach them: another user may not enter the home of root. */
  private String classPath() throws IOException {
    Matcher list =
        Pattern.compile("(?m)^server_jars='(.*)'$")
            .matcher(Files.readString(Path.of("packaging", "common.sh")));
    assertThat(list.find()).isTrue();
    Pattern omitted = Pattern.compile(list.group(1));
    Path jars = Files.createDirectories(place.resolve("jars"));
    List<String> all = new ArrayList<>();
    for (Path entry : loaded()) {
      Path jar = jars.resolve(String.valueOf(entry.getFileName()));
      if (Files.isDirectory(entry)) {
        all.add(reachable(entry).toString());
      } else if (entry.toString().endsWith(".jar")
          && !omitted.matcher(String.valueOf(entry.getFileName())).find()
          && !Files.exists(jar)) {
        all.add(linked(entry, jar).toString());
      }
    }
    return String.join(File.pathSeparator, all);
  }

  private static List<Path> loaded() {
    // A test launcher may load everything by a class loader of its own.
    if (Main.class.getClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(url -> Path.of(URI.create(url.toString())))
          .toList();
    }
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  private static Path reachable(Path classes) throws IOException {
    for (Path at = classes; at != null; at = at.getParent()) {
      Assumptions.assumeTrue(
          Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE),
          "skipped: only root may enter " + at);
    }
    return classes;
  }

  private static Path linked(Path jar, Path name) throws IOException {
    try {
      return Files.createLink(name, jar);
    } catch (IOException | UnsupportedOperationException e) {
      return Files.copy(jar, name); // on another disk
    }
  }

  private String path(String name) {
    return place.resolve(name).toString();
  }

  private int emanet(String... arguments) {
    said.reset();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Main.run(out, out, arguments);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }

  private void done(String... arguments) {
    assertThat(emanet(with(arguments, "--password-file", path("parola")))).as(said()).isZero();
  }
}
