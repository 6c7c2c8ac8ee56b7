package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.Posix;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.backup.restore.RestoreRequest;
import tr.emanet.backup.restore.RestoreRun;

/**
 * Everything that a file has besides its bytes, from ours to stock restic, from stock restic to
 * ours, and beside a copy by GNU tar. Devices, owners and attributes of the system are there when
 * the test runs as root.
 */
class AttributeRoundTripTest {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  /** The kernel's form of {@code user::rw-,user:1234:r--,group::r--,mask::r--,other::---}. */
  private static final String ACL =
      "0200000001000600ffffffff"
          + "02000400d204000004000400ffffffff10000400ffffffff20000000ffffffff";

  @TempDir Path place;

  private final Posix posix = new Posix();

  @Test
  void areTheSameAfterStockResticRestoredWhatWeStored() throws Exception {
    Path source = source();
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      assertThat(Fixture.backup(repository, source).unread()).isEmpty();
    }

    Fixture.Run restored =
        Fixture.restic(store, "restore", "latest", "--target", place.resolve("out").toString());

    assertThat(restored.code()).as(restored.out()).isZero();
    assertThat(facts(below(place.resolve("out"), source))).containsExactlyElementsOf(facts(source));
  }

  @Test
  void areTheSameAfterWeRestoredWhatStockResticStored() throws Exception {
    Path source = source();
    Path store = place.resolve("repository");
    Fixture.restic(store, "init", "--repository-version", "2");
    Fixture.Run backup = Fixture.restic(store, "backup", source.toString());
    assertThat(backup.code()).as(backup.out()).isZero();

    try (Repository repository = Fixture.open(store)) {
      assertThat(restore(repository).problems()).isEmpty();
    }

    assertThat(facts(below(place.resolve("out"), source))).containsExactlyElementsOf(facts(source));
  }

  @Test
  void areThoseOfACopyByTar() throws Exception {
    Path source = source();
    Path copy = Files.createDirectory(place.resolve("copy"));
    Path archive = place.resolve("all.tar");
    List<String> options =
        List.of("tar", "--format=posix", "--xattrs", "--xattrs-include=*", "--acls", "--sparse");
    run(options, "-C", source.toString(), "-cf", archive.toString(), ".");
    run(options, "-C", copy.toString(), "-xpf", archive.toString());
    Path store = place.resolve("repository");

    try (Repository repository = Fixture.init(store)) {
      assertThat(Fixture.backup(repository, source).unread()).isEmpty();
      assertThat(restore(repository).problems()).isEmpty();
    }

    assertThat(facts(below(place.resolve("out"), source))).containsExactlyElementsOf(facts(copy));
    Path hole = below(place.resolve("out"), source).resolve("hole");
    assertThat(blocks(hole)).isLessThan(200);
  }

  private RestoreReport restore(Repository repository) throws IOException {
    RestoreRequest.Options all =
        new RestoreRequest.Options(RestoreRequest.Overwrite.NEVER, true, false, true, ROOT);
    Snapshot latest = Snapshot.find(repository, "latest");
    return RestoreRun.run(
        repository, RestoreRequest.whole(latest, place.resolve("out"), all), RestoreProgress.NONE);
  }

  private static void run(List<String> program, String... arguments) throws Exception {
    List<String> command = Stream.concat(program.stream(), Arrays.stream(arguments)).toList();
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(command.toString()).isZero();
  }

  private static Path below(Path target, Path source) {
    return target.resolve(source.subpath(0, source.getNameCount()));
  }

  private Path source() throws IOException {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path noted = Files.writeString(source.resolve("noted"), "with attributes");
    posix.setAttribute(noted, "user.not", "şğı".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    posix.setAttribute(noted, "user.empty", new byte[0]);
    posix.setAttribute(noted, "user.binary", new byte[] {0, 1, (byte) 0xff, 10});
    posix.setAttribute(noted, "system.posix_acl_access", HexFormat.of().parseHex(ACL));
    Path folder = Files.createDirectory(source.resolve("shared"));
    posix.setAttribute(folder, "system.posix_acl_default", HexFormat.of().parseHex(ACL));
    posix.setAttribute(folder, "user.folder", new byte[] {7});
    Path second = Files.writeString(folder.resolve("second"), "another group of names");
    Files.createLink(source.resolve("second too"), second);
    Files.createLink(source.resolve("Mudurluk/second three"), second);
    Files.createSymbolicLink(source.resolve("dangling"), Path.of("müdürlük/yok"));
    Files.setAttribute(Files.createDirectory(source.resolve("sticky")), "unix:mode", 01777);
    if (ROOT) {
      Path run = Files.writeString(source.resolve("setuid"), "#!/bin/true");
      Files.setAttribute(run, "unix:uid", 1234);
      Files.setAttribute(run, "unix:gid", 2345);
      Files.setAttribute(run, "unix:mode", 06755);
      posix.setAttribute(run, "trusted.emanet", new byte[] {1, 2});
      node(source.resolve("character"), 0020640, 1 << 8 | 7);
      node(source.resolve("block"), 0060660, 7 << 8 | 200);
    }
    Files.setLastModifiedTime(
        folder, FileTime.from(Instant.parse("2011-10-09T08:07:06.000000005Z")));
    return source;
  }

  /** Containers often forbid devices, to root too. */
  private void node(Path file, int mode, long device) {
    try {
      posix.makeNode(file, mode, device);
    } catch (IOException e) {
      System.err.println("no devices in this test: " + e.getMessage());
    }
  }

  private static long blocks(Path file) throws Exception {
    Process process = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(
        new String(
                process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
            .strip());
  }

  /** Path to all that its entry has; names of one file share a number. */
  private List<String> facts(Path root) throws IOException {
    Map<Object, String> groups = new HashMap<>();
    List<String> facts = new ArrayList<>();
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.filter(path -> !path.equals(root)).sorted().toList();
    }
    for (Path file : all) {
      byte[] full = FileNames.all(file);
      String name =
          GoQuote.quote(Arrays.copyOfRange(full, FileNames.all(root).length, full.length));
      Map<String, Object> stat =
          new TreeMap<>(
              Files.readAttributes(
                  file,
                  "unix:mode,uid,gid,rdev,ino,nlink,size,lastModifiedTime",
                  LinkOption.NOFOLLOW_LINKS));
      Object inode = stat.remove("ino");
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        stat.remove("size"); // the file system's own
      } else {
        stat.put("group", groups.computeIfAbsent(inode, key -> name));
      }
      Map<String, String> attributes = new TreeMap<>();
      for (String key : posix.attributeNames(file)) {
        attributes.put(key, Base64.getEncoder().encodeToString(posix.attribute(file, key)));
      }
      String content = "";
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] bytes = Files.readAllBytes(file);
        content = Id.of(bytes, 0, bytes.length).hex();
      } else if (Files.isSymbolicLink(file)) {
        content = GoQuote.quote(FileNames.all(Files.readSymbolicLink(file)));
      }
      facts.add(name + ": " + stat + " " + attributes + " " + content);
    }
    return facts;
  }
}
