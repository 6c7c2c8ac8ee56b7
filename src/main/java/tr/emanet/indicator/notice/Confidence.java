package tr.emanet.indicator.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How sure a match is. */
public enum Confidence {
  /** Only the vendor is named. */
  LOW,
  /** The product is named, and whether the version fits is not known for sure. */
  MEDIUM,
  /** Vendor and product are named, and the installed version is among those stated. */
  HIGH;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Confidence> named(String id) {
    return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst();
  }
}
