package tr.emanet.backup.restore;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restic.Snapshot;

/**
 * What is to be restored, and where to.
 *
 * @param selection what of it: whole folders or single files; {@link SnapshotPath#ROOT} for all
 * @param target an existing directory or one to be made; {@code /} to restore over the original
 * @param journal a file that says what is done, so that a killed restore goes on where it was; it
 *     must lie outside of the target and belongs to this request alone; null for none
 */
public record RestoreRequest(
    Snapshot snapshot,
    List<SnapshotPath> selection,
    Path target,
    Options options,
    @Nullable Path journal) {

  /** What happens to a file that stands there already; nothing is ever deleted. */
  public enum Overwrite {
    /** It stays as it is. */
    NEVER,
    /** It is replaced when its size or the SHA-256 of a blob differs. */
    IF_DIFFERENT,
    /** It is replaced. */
    ALWAYS
  }

  /**
   * How it is restored.
   *
   * @param keepPaths true: below the target with its whole path; false: the selected entries lie
   *     directly in the target
   * @param overMounts true to go into file systems that are mounted below the target
   * @param special the second permission: setuid and setgid bits, devices, attributes of the system
   * @param owners users and groups too; only root can, and setuid bits need it
   */
  public record Options(
      Overwrite overwrite, boolean keepPaths, boolean overMounts, boolean special, boolean owners) {

    /** Into a place of its own, nothing that needs a permission. */
    public static final Options CAREFUL = new Options(Overwrite.NEVER, true, false, false, false);
  }

  public RestoreRequest {
    selection = List.copyOf(selection);
    target = target.toAbsolutePath().normalize();
    if (selection.isEmpty()) {
      throw new IllegalArgumentException("nothing is selected");
    }
  }

  /** The whole snapshot. */
  public static RestoreRequest whole(Snapshot snapshot, Path target, Options options) {
    return new RestoreRequest(snapshot, List.of(SnapshotPath.ROOT), target, options, null);
  }
}
