package tr.emanet.indicator.http;

import java.util.List;
import tr.emanet.web.Health;
import tr.emanet.web.Visible;

/** What the templates of the feeds show; every text is already in the reader's language. */
public final class FeedViews {

  /** A label and a figure. */
  public record Line(String label, String value) {}

  /**
   * One feed.
   *
   * @param rows values in force
   * @param setUp lines for the configuration file; empty when the feed is configured
   * @param syncs whether it can be fetched now
   */
  public record Feed(
      String name,
      String title,
      String origin,
      Health health,
      String sentence,
      String detail,
      String rows,
      List<Line> lines,
      List<Waiting> waiting,
      List<Row> revisions,
      String setUp,
      boolean syncs) {
    public Feed {
      lines = List.copyOf(lines);
      waiting = List.copyOf(waiting);
      revisions = List.copyOf(revisions);
    }
  }

  /** A revision that waits for a decision. */
  public record Waiting(long number, String says, String why, List<Line> lines, Samples samples) {
    public Waiting {
      lines = List.copyOf(lines);
    }
  }

  /** Some of the values that change. */
  public record Samples(List<List<Visible.Piece>> added, List<List<Visible.Piece>> removed) {
    public Samples {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /**
   * One revision.
   *
   * @param current whether its list is in force
   * @param back address of the question for a roll-back to it; empty when it cannot be one
   */
  public record Row(
      long number,
      String url,
      String when,
      String iso,
      String kind,
      String state,
      String stateName,
      String received,
      String added,
      String removed,
      String changed,
      boolean current,
      boolean unchecked,
      String back) {}

  /** The opened revision. */
  public record Opened(
      Row row,
      String feed,
      String feedTitle,
      List<Line> lines,
      String digest,
      List<Visible.Piece> reason,
      Samples samples,
      String close) {
    public Opened {
      lines = List.copyOf(lines);
      reason = List.copyOf(reason);
    }
  }

  /** The question before a roll-back. */
  public record Question(
      long number, String feed, String title, String says, String after, String close) {}

  /** What is never blocked, and what it held back. */
  public record Guard(
      List<String> own,
      List<String> services,
      List<String> reserved,
      String count,
      List<Held> held) {
    public Guard {
      own = List.copyOf(own);
      services = List.copyOf(services);
      reserved = List.copyOf(reserved);
      held = List.copyOf(held);
    }
  }

  /** A listed value that was held back. */
  public record Held(String url, List<Visible.Piece> value, String why) {
    public Held {
      value = List.copyOf(value);
    }
  }

  private FeedViews() {}
}
