package tr.emanet.backup.restic;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one backup is to do.
 *
 * @param roots files and directories; made absolute by the run
 * @param streams what is read from elsewhere, each under a name outside of the roots
 * @param exclude what is left out below the roots
 * @param tags restic's tags of the snapshot; with host and paths they tell its predecessors
 * @param host the host in the snapshot; null for this one
 * @param parent the snapshot that tells which files are unchanged
 * @param time the time that the snapshot claims
 */
public record BackupPlan(
    List<Path> roots,
    List<StreamSource> streams,
    ExcludePatterns exclude,
    List<String> tags,
    @Nullable String host,
    Parent parent,
    Instant time) {

  /** Which snapshot is the parent. */
  public sealed interface Parent {

    /** The latest of the same host, paths and tags, if there is one. */
    record Latest() implements Parent {}

    /** None: every file is read. */
    record None() implements Parent {}

    /** This one; the run fails without it. */
    record Given(Id snapshot) implements Parent {}
  }

  public BackupPlan {
    roots = List.copyOf(roots);
    streams = List.copyOf(streams);
    tags = List.copyOf(tags);
  }

  /** A plan of files and directories, with nothing left out and the latest parent. */
  public static BackupPlan of(List<Path> roots, Instant time) {
    return new BackupPlan(
        roots, List.of(), ExcludePatterns.NONE, List.of(), null, new Parent.Latest(), time);
  }

  public BackupPlan withStreams(List<StreamSource> more) {
    return new BackupPlan(roots, more, exclude, tags, host, parent, time);
  }

  public BackupPlan without(ExcludePatterns patterns) {
    return new BackupPlan(roots, streams, patterns, tags, host, parent, time);
  }

  public BackupPlan withTags(List<String> words) {
    return new BackupPlan(roots, streams, exclude, words, host, parent, time);
  }

  public BackupPlan withHost(String name) {
    return new BackupPlan(roots, streams, exclude, tags, name, parent, time);
  }

  public BackupPlan withParent(Parent choice) {
    return new BackupPlan(roots, streams, exclude, tags, host, choice, time);
  }

  /** The paths as the snapshot names them: absolute roots, then streams. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    roots.forEach(root -> names.add(root.toAbsolutePath().normalize().toString()));
    streams.forEach(stream -> names.add(stream.name()));
    return names;
  }
}
