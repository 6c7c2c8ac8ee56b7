package tr.emanet.backup.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.crypto.Digests;

class MirrorTest {

  @TempDir Path place;
  private Target from;
  private Target to;
  private String pack;
  private String snapshot;

  @BeforeEach
  void makesTheFirst() throws IOException {
    from = new LocalTarget(place.resolve("from"));
    to = new LocalTarget(place.resolve("to"));
    from.prepare();
    put(from, ObjectKind.KEY, 300, 1);
    byte[] config = random(150, 2);
    from.write(ObjectKind.CONFIG, "config", config, 0, config.length);
    pack = put(from, ObjectKind.DATA, 9_000, 3);
    put(from, ObjectKind.DATA, 8_000, 4);
    put(from, ObjectKind.INDEX, 700, 5);
    snapshot = put(from, ObjectKind.SNAPSHOT, 200, 6);
    put(from, ObjectKind.LOCK, 100, 7);
  }

  @Test
  void copiesAllButLocksAndNothingTwice() throws Exception {
    Mirror.Result first = run();
    put(from, ObjectKind.DATA, 100, 8);
    Mirror.Result second = run();

    assertThat(first.copied()).isEqualTo(6);
    assertThat(to.list(ObjectKind.LOCK)).isEmpty();
    assertThat(second.copied()).isEqualTo(1);
    assertThat(second.present()).isEqualTo(6);
  }

  @Test
  void copiesNoSnapshotOfABackupThatRunsMeanwhile() throws Exception {
    Mirror.Progress backup =
        (object, objects, bytes) -> {
          try {
            put(from, ObjectKind.DATA, 100, 50 + objects);
            put(from, ObjectKind.INDEX, 100, 60 + objects);
            put(from, ObjectKind.SNAPSHOT, 100, 70 + objects);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        };

    Mirror.Result result = new Mirror(from, to, backup, () -> false).run();

    assertThat(result.complete()).isTrue();
    assertThat(to.list(ObjectKind.INDEX)).hasSize(1);
    assertThat(to.list(ObjectKind.SNAPSHOT)).hasSize(1);
  }

  @Test
  void leavesDamageBehindAndPromisesNoSnapshotOverIt() throws Exception {
    Path file = place.resolve("from/data").resolve(pack.substring(0, 2)).resolve(pack);
    byte[] bytes = Files.readAllBytes(file);
    bytes[4_000] ^= 1;
    Files.write(file, bytes);

    Mirror.Result result = run();

    assertThat(result.complete()).isFalse();
    assertThat(result.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.object()).isEqualTo("pack " + pack));
    assertThat(to.list(ObjectKind.DATA)).hasSize(1);
    assertThat(to.list(ObjectKind.SNAPSHOT)).isEmpty();
  }

  @Test
  void doesNotEmptyTheCopyWhenTheFirstLostItsObjects() throws Exception {
    run();
    from.remove(ObjectKind.DATA, pack);
    from.remove(ObjectKind.SNAPSHOT, snapshot);

    Mirror.Result result = run();

    assertThat(result.extra()).containsExactlyInAnyOrder("pack " + pack, "snapshot " + snapshot);
    assertThat(to.list(ObjectKind.DATA)).hasSize(2);
  }

  @Test
  void removesThereWhatItIsTold() throws Exception {
    run();

    Mirror.removeThere(
        to, Map.of(ObjectKind.DATA, List.of(pack), ObjectKind.SNAPSHOT, List.of(snapshot)));

    assertThat(to.list(ObjectKind.DATA)).hasSize(1);
    assertThat(to.list(ObjectKind.SNAPSHOT)).isEmpty();
  }

  @Test
  void refusesAPlaceWithAnotherRepository() throws Exception {
    to.prepare();
    byte[] config = random(150, 99);
    to.write(ObjectKind.CONFIG, "config", config, 0, config.length);

    assertThatThrownBy(this::run)
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("another repository");
  }

  @Test
  void goesOnAfterAStop() throws Exception {
    int[] asked = {0};

    assertThatThrownBy(() -> new Mirror(from, to, (o, n, b) -> {}, () -> asked[0]++ > 2).run())
        .hasMessageContaining("run it again");
    Mirror.Result rest = run();

    assertThat(rest.present()).isEqualTo(3);
    assertThat(rest.copied()).isEqualTo(3);
  }

  private Mirror.Result run() throws IOException {
    return new Mirror(from, to, (o, n, b) -> {}, () -> false).run();
  }

  private static String put(Target target, ObjectKind kind, int length, long seed)
      throws IOException {
    byte[] bytes = random(length, seed);
    String name = HexFormat.of().formatHex(Digests.sha256().digest(bytes));
    target.write(kind, name, bytes, 0, bytes.length);
    return name;
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
