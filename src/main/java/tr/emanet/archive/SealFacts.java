package tr.emanet.archive;

import java.time.Instant;
import java.util.List;

/**
 * What the page tells of the keys behind the seal.
 *
 * @param keys certificates, the one that seals now first
 * @param place file or PKCS#11 library that holds the key
 * @param history which keys came when, newest first
 */
public record SealFacts(List<SealKeyFact> keys, String place, List<Event> history) {

  /**
   * A link of the audit chain about a key.
   *
   * @param action {@code seal.import} or {@code seal.key}
   */
  public record Event(Instant at, String actor, String action, String subject, String sha256) {}

  public SealFacts {
    keys = List.copyOf(keys);
    history = List.copyOf(history);
  }
}
