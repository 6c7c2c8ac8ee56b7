package tr.emanet.indicator.list;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tr.emanet.indicator.value.IndicatorKind;

/** What a list holds; a firewall's object holds one kind, so a list does too. */
public enum ListKind {
  /** Addresses and networks of both families. */
  ADDRESS,
  /** Host names; each stands for itself and all names below it. */
  DOMAIN,
  /** Host and path. */
  URL;

  /** The name in configuration and API. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ListKind> named(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
  }

  /** Whether a list of this kind takes such values. */
  boolean takes(IndicatorKind kind) {
    return switch (kind) {
      case ADDRESS, NETWORK -> this == ADDRESS;
      case DOMAIN -> this == DOMAIN;
      case URL -> this == URL;
      case FILE_HASH -> false;
    };
  }
}
