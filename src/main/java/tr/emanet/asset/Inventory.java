package tr.emanet.asset;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything the inventory holds at one revision, with its look-up. Immutable. */
public final class Inventory {

  private final long revision;
  private final Instant changedAt;
  private final List<AssetEntry> entries;
  private final Map<String, AssetEntry> byKey = new HashMap<>();
  private final AssetLookup lookup;

  Inventory(long revision, Instant changedAt, List<AssetEntry> entries) {
    this.revision = revision;
    this.changedAt = changedAt;
    this.entries = List.copyOf(entries);
    this.lookup = new AssetLookup(this.entries);
    this.entries.forEach(entry -> byKey.put(entry.key(), entry));
  }

  /** For tests and for what needs no database. */
  public static Inventory of(long revision, List<AssetEntry> entries) {
    return new Inventory(revision, Instant.EPOCH, entries);
  }

  /** Rises with each import; 0 before the first. */
  public long revision() {
    return revision;
  }

  public Instant changedAt() {
    return changedAt;
  }

  public List<AssetEntry> entries() {
    return entries;
  }

  /** The asset with exactly this canonical address or prefix. */
  public Optional<AssetEntry> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  @Nullable AssetEntry of(byte[] addresses, int at) {
    return lookup.of(addresses, at);
  }

  @Nullable AssetEntry of(String address) {
    return lookup.of(address);
  }

  @Nullable AssetEntry byName(String host) {
    return lookup.byName(host);
  }
}
