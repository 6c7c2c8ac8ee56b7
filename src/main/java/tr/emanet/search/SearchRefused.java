package tr.emanet.search;

import java.util.List;

/**
 * A search that was not run; the message is English, {@link #reason} leads to the text in both
 * languages.
 */
public final class SearchRefused extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. Each constant has the text {@code search.refused.<name>} in both bundles. */
  public enum Reason {
    /** Two searches of this person run already. */
    BUSY,
    /** More than 1,024 clauses after expansion. */
    TOO_MANY_CLAUSES,
    /** More than 10,000 buckets. */
    TOO_MANY_BUCKETS,
    /** The person holds no role that reads events. */
    FORBIDDEN,
    /** A value is asked for that is never shown to this person. */
    MASKED
  }

  private final Reason reason;
  private final transient List<Object> arguments;

  public SearchRefused(Reason reason, String message, Object... arguments) {
    super(message);
    this.reason = reason;
    this.arguments = List.of(arguments);
  }

  public Reason reason() {
    return reason;
  }

  public List<Object> arguments() {
    return arguments;
  }
}
