package tr.emanet.indicator.list;

import java.time.Instant;
import java.util.List;

/**
 * A list as it is offered now. Immutable.
 *
 * @param version rises with each change of content; 0 before it was made for the first time
 * @param entries values in it
 * @param cut values that qualify and found no place below {@link BlockList#maxEntries}
 * @param weak values left out for severity, confidence or source
 * @param poisoned values left out because they are outside the grammar: look at the feed
 * @param changedAt when the content last changed
 * @param secret whether a secret path exists
 */
public record Published(
    BlockList list,
    long version,
    int entries,
    int cut,
    int weak,
    int poisoned,
    Instant changedAt,
    boolean secret) {

  /** The forms in which it is offered. */
  public List<ListFormat> formats() {
    return ListFormat.of(list.kind());
  }
}
