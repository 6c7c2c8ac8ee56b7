package tr.emanet.backup.seal;

import java.util.Set;

/**
 * How a repository stood before a run: what was in no seal, and what was sealed and missing. The
 * seal after the run covers neither, so that a change made by another tool stays visible.
 */
public record SealMark(Set<String> foreign, Set<String> missing) {

  /** For a repository that nothing was known of. */
  static final SealMark NONE = new SealMark(Set.of(), Set.of());

  public SealMark {
    foreign = Set.copyOf(foreign);
    missing = Set.copyOf(missing);
  }
}
