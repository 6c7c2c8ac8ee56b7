package tr.emanet.indicator.value;

import java.util.Locale;
import java.util.Optional;

/** What an indicator names; decides grammar and matching rule. */
public enum IndicatorKind {
  /** A host name; matches itself and every name below it. */
  DOMAIN,
  /** Host and exact path; never matches its whole host. */
  URL,
  /** One IPv4 or IPv6 address. */
  ADDRESS,
  /** A range of addresses in CIDR notation, at least two. */
  NETWORK,
  /** MD5, SHA-1 or SHA-256 of a file. */
  FILE_HASH;

  /** The name in the store, the API and in texts, such as {@code file-hash}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads what {@link #id} wrote. */
  public static Optional<IndicatorKind> ofId(String id) {
    for (IndicatorKind kind : values()) {
      if (kind.id().equals(id)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
