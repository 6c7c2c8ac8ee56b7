package tr.emanet.asset;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tr.emanet.event.Folding;

/** What stands at an address. */
public enum AssetKind {
  SERVER,
  CLIENT,
  NETWORK,
  SENSOR;

  private static final Map<String, AssetKind> WORDS =
      Map.ofEntries(
          Map.entry("server", SERVER),
          Map.entry("sunucu", SERVER),
          Map.entry("client", CLIENT),
          Map.entry("istemci", CLIENT),
          Map.entry("bilgisayar", CLIENT),
          Map.entry("pc", CLIENT),
          Map.entry("network", NETWORK),
          Map.entry("ag", NETWORK),
          Map.entry("sensor", SENSOR),
          Map.entry("algilayici", SENSOR));

  /** The word in files and in the API, such as {@code server}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a Turkish or English word in any case. */
  public static Optional<AssetKind> read(String word) {
    return Optional.ofNullable(WORDS.get(Folding.fold(word.strip())));
  }
}
