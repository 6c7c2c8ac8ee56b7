package tr.emanet.indicator.feed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The form in which a feed lists its values. */
public enum FeedFormat {
  /** The JSON of the USOM/SGB interface: one answer, or several one after the other. */
  USOM,
  /** One value a line; {@code #} and {@code ;} begin comments. */
  PLAIN,
  /**
   * The column named {@code value}, {@code indicator}, {@code ioc}, {@code url}; else the first.
   */
  CSV,
  /** A STIX 2.1 bundle, or an envelope of a TAXII 2.1 collection. */
  STIX,
  /** Attributes of MISP events. */
  MISP;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FeedFormat> ofId(String id) {
    return Arrays.stream(values()).filter(f -> f.id().equals(id)).findFirst();
  }
}
