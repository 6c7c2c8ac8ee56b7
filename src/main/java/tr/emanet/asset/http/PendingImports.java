package tr.emanet.asset.http;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.asset.AssetEntry;

/** Files that were previewed and wait for the word to take them; in memory, few, half an hour. */
final class PendingImports {

  private static final int MOST = 4;
  private static final Duration KEPT = Duration.ofMinutes(30);

  /** One file. */
  record Pending(String person, String name, List<AssetEntry> entries, long revision, Instant at) {
    Pending {
      entries = List.copyOf(entries);
    }
  }

  private final SecureRandom random;
  private final InstantSource clock;
  private final Map<String, Pending> waiting = new LinkedHashMap<>();

  PendingImports(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /** Keeps a file; answers the code that fetches it again. */
  synchronized String keep(String person, String name, List<AssetEntry> entries, long revision) {
    Iterator<Pending> oldest = waiting.values().iterator();
    while (oldest.hasNext() && (old(oldest.next()) || waiting.size() >= MOST)) {
      oldest.remove();
    }
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String code = HexFormat.of().formatHex(bytes);
    waiting.put(code, new Pending(person, name, entries, revision, clock.instant()));
    return code;
  }

  private boolean old(Pending pending) {
    return clock.instant().isAfter(pending.at().plus(KEPT));
  }

  /** Takes a file out; only for the person who previewed it. */
  synchronized Optional<Pending> take(String person, String code) {
    Pending pending = waiting.get(code);
    if (pending == null || !pending.person().equals(person) || old(pending)) {
      return Optional.empty();
    }
    waiting.remove(code);
    return Optional.of(pending);
  }
}
