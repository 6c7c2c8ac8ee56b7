package tr.emanet.backup.recover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.RestorePreview;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.RestoreRequest;
import tr.emanet.backup.restore.RestoreRun;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.crypto.Digests;

/** Turns an order into what the engine does, and looks what that would be. Any thread. */
final class RestoreLook {

  private final RestoreRoots roots;
  private final InstantSource clock;

  /** What a preview found. */
  record Seen(RestoreOrder.Forecast forecast, RestoreStore.Lists lists) {}

  RestoreLook(RestoreRoots roots, InstantSource clock) {
    this.roots = roots;
    this.clock = clock;
  }

  RestoreRoots roots() {
    return roots;
  }

  /**
   * The request of an order.
   *
   * @throws BackupException when the target may not be written to; the configuration may have
   *     changed since the order was made
   */
  RestoreRequest request(RestoreOrder order, Snapshot snapshot, @Nullable Path journal)
      throws IOException {
    RestoreOrder.Plan plan = order.plan();
    List<SnapshotPath> selection = new ArrayList<>();
    for (String path : plan.selection()) {
      selection.add(SnapshotPath.parse(path));
    }
    if (plan.original() && selection.contains(SnapshotPath.ROOT)) {
      selection.clear();
      for (String path : snapshot.paths()) {
        selection.add(SnapshotPath.parse(path));
      }
    }
    String wrong = plan.original() ? roots.wrongOriginal(selection) : roots.wrong(plan.target());
    if (!wrong.isEmpty()) {
      throw new BackupException(
          "the target may not be written to ("
              + wrong
              + "); backup.restoreRoots of the configuration names the directories");
    }
    return new RestoreRequest(
        snapshot,
        selection,
        plan.original() ? Path.of("/") : Path.of(plan.target()),
        new RestoreRequest.Options(
            policy(order, journal != null),
            true,
            // Where it came from may be a disk of its own; systemd, too, mounts what may be
            // written.
            plan.original(),
            plan.special(),
            false),
        journal);
  }

  /**
   * A run that nobody approved overwrites nothing: what stands in its new or empty directory by
   * now, after a pause too, came meanwhile and is somebody's.
   */
  private static RestoreRequest.Overwrite policy(RestoreOrder order, boolean writes) {
    return writes && !order.needs().contains(RestoreOrder.Kind.OVERWRITE)
        ? RestoreRequest.Overwrite.NEVER
        : RestoreRequest.Overwrite.valueOf(order.plan().overwrite().name());
  }

  /** Looks what the order would do now; writes nothing. */
  Seen look(Repository repository, RestoreOrder order, RestoreProgress progress)
      throws IOException {
    Snapshot snapshot = Snapshot.find(repository, order.plan().snapshot());
    RestoreRequest request = request(order, snapshot, null);
    RestorePreview seen = RestoreRun.preview(repository, request, progress);
    if (progress.stopped()) {
      throw new BackupException("the preview was stopped");
    }
    boolean empty = !order.plan().original() && RestoreRoots.empty(request.target());
    RestoreOrder.Forecast forecast =
        new RestoreOrder.Forecast(
            seen.files(),
            seen.directories(),
            seen.others(),
            seen.bytes(),
            seen.needed(),
            seen.fresh(),
            seen.presumedEqual(),
            seen.kept(),
            seen.overwritten(),
            seen.special(),
            seen.obstacles().size(),
            empty,
            Math.max(0, spare(order, request)),
            digest(order.plan(), seen, empty),
            clock.instant());
    return new Seen(forecast, new RestoreStore.Lists(seen.overwrites(), seen.obstacles()));
  }

  /** Bytes that may still be written where the request leads; negative: it must rest. */
  long spare(RestoreOrder order, RestoreRequest request) throws IOException {
    return roots.spare(
        order.plan().original()
            ? request.selection().stream().map(path -> Path.of(path.toString())).toList()
            : List.of(request.target()));
  }

  private static String digest(RestoreOrder.Plan plan, RestorePreview seen, boolean empty) {
    String all =
        RestoreStore.json(plan)
            + '\n'
            + seen.files()
            + ' '
            + seen.directories()
            + ' '
            + seen.others()
            + ' '
            + seen.bytes()
            + ' '
            + seen.fresh()
            + ' '
            + seen.presumedEqual()
            + ' '
            + seen.kept()
            + ' '
            + seen.overwritten()
            + ' '
            + seen.special()
            + ' '
            + empty
            + '\n'
            + seen.digest();
    return HexFormat.of().formatHex(Digests.sha256().digest(all.getBytes(StandardCharsets.UTF_8)));
  }
}
