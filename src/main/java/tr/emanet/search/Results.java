package tr.emanet.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;

/** The answers of {@link EventSearch}. All immutable. */
public final class Results {

  private Results() {}

  /**
   * Whether an answer covers everything that was asked.
   *
   * @param complete false when the deadline ended it
   * @param readFromMillis the oldest instant that was read completely
   * @param tookMillis time spent on the server
   */
  public record Coverage(boolean complete, long readFromMillis, long tookMillis) {}

  /**
   * Events, newest first.
   *
   * @param next null when this was the last page
   */
  public record Page(List<EventRecord> events, @Nullable Cursor next, Coverage coverage) {
    public Page {
      events = List.copyOf(events);
    }
  }

  /**
   * Counts over time.
   *
   * @param startMillis begin of the first bucket, aligned in the configured zone
   * @param bucketMillis width
   * @param counts all matching events a bucket
   * @param failures those with {@code event.outcome: failure} among them
   * @param total sum of counts
   */
  public record Histogram(
      long startMillis,
      long bucketMillis,
      long[] counts,
      long[] failures,
      long total,
      Coverage coverage) {

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** How many events match, or at least do when the coverage is not complete. */
  public record Count(long count, Coverage coverage) {}

  /** One value of a field and how many events have it. */
  public record ValueCount(String value, long count) {}

  /**
   * The most frequent values.
   *
   * @param withField matching events that have the field
   * @param total matching events
   * @param distinct number of distinct values; -1 when not counted
   * @param exact false when counted on a sample (fields outside the core), {@code total} is then
   *     the sample size
   */
  public record TopValues(
      String field,
      List<ValueCount> values,
      long withField,
      long total,
      long distinct,
      boolean exact,
      Coverage coverage) {
    public TopValues {
      values = List.copyOf(values);
    }
  }

  /**
   * One line of the field list.
   *
   * @param type mark: {@code t}, {@code #}, {@code ip}, {@code d}
   * @param distinct number of distinct values among the matching events, -1 when not counted
   * @param withField matching events that have it
   */
  public record FieldCount(String field, String type, long distinct, long withField) {}

  /** The fields that matching events have, in alphabetic order. */
  public record FieldList(List<FieldCount> fields, long total, Coverage coverage) {
    public FieldList {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Lines around an event from the same source (host name, else transport address).
   *
   * @param before older lines, oldest first
   * @param after newer lines, oldest first
   * @param coverage incomplete when the deadline ended the look for lines around
   */
  public record Context(
      EventRecord event, List<EventRecord> before, List<EventRecord> after, Coverage coverage) {
    public Context {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }
}
