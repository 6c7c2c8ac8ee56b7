package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.restore.RestoreReport;

/**
 * Whatever happens to an object is found, and the object is named, when the repository is opened
 * anew for each; {@link MutationTest} does it thousands of times with an open one.
 */
class DamageTest {

  @TempDir Path place;
  private Path store = Path.of("");

  @BeforeEach
  void makesARepository() throws IOException {
    store = place.resolve("repository");
    Path source = Files.createDirectory(place.resolve("source"));
    try (Repository repository = Fixture.init(store)) {
      for (int i = 0; i < 3; i++) {
        Files.write(source.resolve("file" + i), Fixture.random(3000, i));
        Files.writeString(Files.createDirectories(source.resolve("d" + i)).resolve("t"), "t" + i);
        Fixture.backup(repository, source);
      }
    }
  }

  private List<Path> objects() throws IOException {
    try (Stream<Path> all = Files.walk(store)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What check says, or why the repository cannot be opened. */
  private String verdict() throws IOException {
    try (Repository repository = Fixture.open(store)) {
      CheckRun.Report report = CheckRun.run(repository, true);
      return report.sound() ? "" : report.problems().toString();
    } catch (BackupException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String name(Path object) {
    return String.valueOf(object.getFileName());
  }

  @Test
  void findsAndNamesEveryFlippedBitAndEveryCut() throws IOException {
    assertThat(verdict()).isEmpty();
    Random random = new Random(11);
    int mutations = 0;
    for (Path object : objects()) {
      byte[] bytes = Files.readAllBytes(object);
      List<byte[]> damaged = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        byte[] flipped = bytes.clone();
        int at = i < 2 ? i * (bytes.length - 1) : random.nextInt(bytes.length);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        damaged.add(flipped);
      }
      damaged.add(Arrays.copyOf(bytes, bytes.length - 1));
      damaged.add(Arrays.copyOf(bytes, bytes.length / 2));
      damaged.add(new byte[0]);
      damaged.add(Arrays.copyOf(bytes, bytes.length + 1));
      for (byte[] changed : damaged) {
        Files.write(object, changed);
        assertThat(verdict()).as("damage to %s", object).contains(name(object));
        mutations++;
      }
      Files.write(object, bytes);
    }
    assertThat(mutations).isGreaterThan(70);
    assertThat(verdict()).isEmpty();
  }

  @Test
  void findsObjectsThatAreGone() throws IOException {
    for (Path object : objects()) {
      if (object.toString().contains("/snapshots/")) {
        continue; // a snapshot that is removed whole is seen by the seals, not by the format
      }
      byte[] bytes = Files.readAllBytes(object);
      Files.delete(object);
      String verdict = verdict();
      assertThat(verdict).as("without %s", object).isNotEmpty();
      if (object.toString().contains("/data/")) {
        assertThat(verdict).contains(name(object));
      }
      Files.write(object, bytes);
    }
  }

  @Test
  void restoresNothingThatIsDamagedAndAllTheRest() throws IOException {
    Path pack = objects().stream().filter(p -> p.toString().contains("/data/")).findFirst().get();
    try (Repository repository = Fixture.open(store)) {
      BlobIndex index = repository.loadIndex(repository.workbench());
      for (int i = 0; i < index.size(); i++) {
        if (index.place(i).type() == BlobType.DATA) {
          String id = index.place(i).pack().hex();
          pack = store.resolve("data").resolve(id.substring(0, 2)).resolve(id);
        }
      }
    }
    byte[] bytes = Files.readAllBytes(pack);
    bytes[40] ^= 1;
    Files.write(pack, bytes);

    try (Repository repository = Fixture.open(store)) {
      RestoreReport result = Fixture.restore(repository, place.resolve("out"));

      assertThat(result.problems()).hasSize(1);
      assertThat(result.problems().getFirst().why()).contains(name(pack));
      assertThat(result.counts().written()).isEqualTo(5);
      assertThat(Path.of(place.resolve("out") + result.problems().getFirst().path()))
          .doesNotExist();
    }
  }

  @Test
  void opensWithNoOtherPassword() {
    byte[] wrong = "gizli şifre 2".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(
            () -> Repository.open(new LocalTarget(store), wrong, Fixture.RANDOM, Fixture.ORIGIN))
        .isInstanceOf(WrongPasswordException.class);
  }

  @Test
  void opensWithEachOfSeveralPasswords() throws IOException {
    byte[] second = "emanetçi".getBytes(StandardCharsets.UTF_8);
    String id;
    try (Repository repository = Fixture.open(store)) {
      repository.addPassword(second, Fixture.NOW);
      id = repository.id();
    }

    try (Repository repository =
        Repository.open(new LocalTarget(store), second, Fixture.RANDOM, Fixture.ORIGIN)) {
      assertThat(repository.id()).isEqualTo(id);
    }
    assertThat(verdict()).isEmpty();
  }
}
