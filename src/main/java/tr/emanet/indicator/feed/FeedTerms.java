package tr.emanet.indicator.feed;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.value.IndicatorKind;

/**
 * What holds for every value of a feed. TLP is stored as the source code of each row, trust as its
 * criticality.
 *
 * @param trust 0 to 100
 * @param tlp such as {@code AMBER}, for rows that do not say
 * @param expiryDays after its date, or its first fetch, a value expires; 0: while it is listed
 */
public record FeedTerms(String feed, int trust, String tlp, int expiryDays) {

  FeedEntry entry(
      String external,
      String raw,
      @Nullable IndicatorKind declared,
      String type,
      String label,
      @Nullable String ownTlp,
      @Nullable Instant listedAt,
      @Nullable Instant validUntil) {
    Instant expires = validUntil;
    if (expires == null && expiryDays > 0 && listedAt != null) {
      expires = listedAt.plusSeconds(expiryDays * 86_400L);
    }
    String mark = ownTlp == null ? tlp : ownTlp.toUpperCase(Locale.ROOT);
    String id = external.length() <= 200 ? external : tr.emanet.crypto.Digests.sha256Hex(external);
    return new FeedEntry(
        id, raw, declared, new Codes(type, label, mark, label, trust), listedAt, expires);
  }
}
