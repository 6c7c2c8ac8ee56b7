package tr.emanet.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.archive.Verifier;

/** Hundreds of changes to a sealed repository: each is found, and the file is named. */
class SealTamperTest {

  private static SealedRepository place;
  private static Path copy;
  private static Verifier program;
  private static List<String> files;
  private static int mutations;

  @BeforeAll
  static void make(@TempDir Path root) throws Exception {
    place = new SealedRepository(root);
    place.threeDays();
    copy = Files.createDirectories(root.resolve("copy"));
    program = Verifier.compile();
    files = new ArrayList<>(new TreeSet<>(below(place.directory)));
    // Locks come and go, and the file that is locked while sealing says nothing.
    files.removeIf(name -> name.startsWith("locks/") || name.equals("seals/lock"));
  }

  @AfterAll
  static void close() {
    assertThat(mutations).isGreaterThanOrEqualTo(300);
    place.close();
  }

  @Test
  void namesEveryFlippedBit() throws IOException {
    Random random = new Random(7);
    int cases = 0;
    for (int round = 0; round < 4; round++) {
      for (String file : files) {
        byte[] bytes = Files.readAllBytes(place.directory.resolve(file));
        if (bytes.length > 0) {
          byte[] flipped = bytes.clone();
          flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          with(file, flipped);
          mustBeNamed(file, "flipped " + file);
          with(file, bytes);
          cases++;
        }
      }
    }
    assertThat(cases).isGreaterThan(120);
  }

  @Test
  void namesEveryDeletedAndEveryCutFile() throws IOException {
    for (String file : files) {
      byte[] bytes = Files.readAllBytes(place.directory.resolve(file));
      Files.delete(place.directory.resolve(file));
      mustBeNamed(file, "deleted " + file);
      if (bytes.length > 0) {
        with(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        mustBeNamed(file, "cut " + file);
      }
      with(file, bytes);
    }
  }

  @Test
  void namesFilesThatTookTheOthersPlace() throws IOException {
    for (int i = 1; i < files.size(); i++) {
      String one = files.get(i - 1);
      String other = files.get(i);
      byte[] first = Files.readAllBytes(place.directory.resolve(one));
      byte[] second = Files.readAllBytes(place.directory.resolve(other));
      if (!java.util.Arrays.equals(first, second)) {
        with(one, second);
        with(other, first);
        mustBeNamed(List.of(one, other), "swapped " + one + " and " + other);
        with(one, first);
        with(other, second);
      }
    }
  }

  @Test
  void namesAddedAndReplayedFiles() throws IOException {
    for (String file : files) {
      String added =
          file.startsWith("seals/")
              ? file.replaceFirst("0000000[0-9]", "00000009").replaceFirst("2026-11-", "2026-12-")
              : file.replaceFirst("[0-9a-f]{4}$", "0000");
      if (!Files.exists(place.directory.resolve(added))) {
        with(added, Files.readAllBytes(place.directory.resolve(file)));
        mustBeNamed(added, "added " + added);
        Files.delete(place.directory.resolve(added));
      }
    }
  }

  @Test
  void findsNothingInTheUntouched() throws IOException {
    assertThat(place.verify(true).findings()).isEmpty();
    assertThat(run().code()).isZero();
    assertThat(Files.exists(copy)).isTrue();
  }

  private static void mustBeNamed(String file, String what) throws IOException {
    mustBeNamed(List.of(file), what);
  }

  private static void mustBeNamed(List<String> either, String what) throws IOException {
    // A list or a signature that is gone may be named by the seal that it belongs to.
    List<String> stems =
        either.stream()
            .map(file -> file.replaceFirst("(0000000[0-9]|2026-1[12]-[0-9]{2})\\..*", "$1"))
            .toList();
    SealReport report = place.verify(true);
    assertThat(report.sound()).as(what).isFalse();
    assertThat(report.findings().stream().map(SealFinding::object))
        .as(what)
        .anyMatch(name -> stems.stream().anyMatch(name::startsWith));
    if (++mutations % 2 == 0 && !what.startsWith("deleted")) {
      return; // the program takes most of the time; half of the cases show that it agrees
    }
    Verifier.Outcome outcome = run();
    assertThat(outcome.code()).as(what).isNotZero();
    assertThat(outcome.wrong())
        .as(what)
        .anyMatch(line -> stems.stream().anyMatch(line::startsWith));
  }

  private static Verifier.Outcome run() {
    return program.run(List.of(place.directory.toString()), (done, all, file) -> {});
  }

  private static void with(String file, byte[] bytes) throws IOException {
    Path place = SealTamperTest.place.directory.resolve(file);
    Path fresh = Files.write(copy.resolve("fresh"), bytes);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, place, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<String> below(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).map(f -> root.relativize(f).toString()).toList();
    }
  }
}
