package tr.emanet.indicator;

import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.Reading;
import tr.emanet.indicator.value.Refused;
import tr.emanet.indicator.value.ValueReader;

/**
 * A judged row, as it is staged.
 *
 * @param kind and {@code value}: canonical; both empty when refused
 * @param refusal why the value is no indicator; else empty
 * @param guard why the never-block list keeps it out; else empty
 */
record StagedRow(FeedEntry entry, String kind, String value, String refusal, String guard) {

  static StagedRow of(FeedEntry entry, NeverBlock neverBlock) {
    Reading reading = ValueReader.indicator(entry.declared(), entry.raw());
    return switch (reading) {
      case CanonicalValue value ->
          new StagedRow(
              entry,
              value.kind().id(),
              value.text(),
              "",
              neverBlock.reason(value).map(NeverBlock.Reason::id).orElse(""));
      case Refused refused -> new StagedRow(shortened(entry), "", "", refused.reason().id(), "");
    };
  }

  private static FeedEntry shortened(FeedEntry entry) {
    if (entry.raw().length() <= ValueReader.MAX_RAW) {
      return entry;
    }
    return new FeedEntry(
        entry.external(),
        entry.raw().substring(0, ValueReader.MAX_RAW),
        entry.declared(),
        entry.codes(),
        entry.listedAt(),
        entry.expiresAt());
  }
}
