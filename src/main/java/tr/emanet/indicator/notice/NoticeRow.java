package tr.emanet.indicator.notice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notice with how far it is. Immutable.
 *
 * @param slug such as {@code tr-26-0155}, as the publisher wrote it
 * @param text without mark-up, with a line for each block
 * @param link as the publisher gave it: hostile until checked
 * @param active false when the publisher withdrew it
 * @param changedAt when we saw this wording first
 */
public record NoticeRow(
    NoticeKey key,
    String slug,
    String language,
    String title,
    String text,
    List<String> cves,
    String link,
    boolean active,
    @Nullable Instant publishedAt,
    Instant changedAt,
    Tally tally) {

  public NoticeRow {
    cves = List.copyOf(cves);
  }

  /**
   * How far it is.
   *
   * @param matches proposals and confirmed matches in force
   * @param undecided proposals that nobody has judged
   * @param openTasks tasks that are not done
   * @param tasks all tasks that were not dropped
   * @param closedAt null while it is open
   * @param unread whether the reader has not seen this wording
   */
  public record Tally(
      long matches,
      long undecided,
      long openTasks,
      long tasks,
      @Nullable Instant closedAt,
      boolean unread) {

    public boolean closed() {
      return closedAt != null;
    }
  }

  /** Newest first by this. */
  public Instant sortedBy() {
    return publishedAt == null ? changedAt : publishedAt;
  }
}
