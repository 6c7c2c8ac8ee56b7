package tr.emanet.indicator;

/** A feed that cannot be used as it is; the list in force stays. */
public final class FeedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FeedFailure failure;

  /**
   * @param detail English, for the log and beside the plain sentence: what was seen and where
   */
  public FeedException(FeedFailure failure, String detail) {
    super(detail);
    this.failure = failure;
  }

  public FeedException(FeedFailure failure, String detail, Throwable cause) {
    super(detail, cause);
    this.failure = failure;
  }

  public FeedFailure failure() {
    return failure;
  }

  /** What was seen and where; at most 500 characters. */
  public String detail() {
    String text = String.valueOf(getMessage());
    return text.length() <= 500 ? text : text.substring(0, 500);
  }
}
