package tr.emanet.indicator.hunt;

import java.util.ArrayList;
import java.util.List;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.search.HuntTerms;
import tr.emanet.search.TimeRange;

/**
 * What a hunt of a person looks for, as a job keeps it: a line with both ends of the time, then a
 * line with kind and text for each value.
 */
record HuntInput(List<CanonicalValue> values, TimeRange range) {

  String text() {
    StringBuilder out = new StringBuilder(64);
    out.append(range.fromMillis()).append(' ').append(range.toMillis());
    for (CanonicalValue value : values) {
      out.append('\n').append(value.kind().id()).append(' ').append(value.text());
    }
    return out.toString();
  }

  static HuntInput of(String text) {
    List<String> lines = text.lines().toList();
    String first = lines.getFirst();
    int blank = first.indexOf(' ');
    TimeRange range =
        new TimeRange(
            Long.parseLong(first.substring(0, blank)), Long.parseLong(first.substring(blank + 1)));
    List<CanonicalValue> values = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int end = line.indexOf(' ');
      values.add(
          CanonicalValue.of(
              IndicatorKind.ofId(line.substring(0, end)).orElseThrow(), line.substring(end + 1)));
    }
    return new HuntInput(values, range);
  }

  /** Adds what the index is asked for a value. */
  static void add(HuntTerms.Builder terms, CanonicalValue value) {
    switch (value.kind()) {
      case DOMAIN -> terms.name(value.text());
      case URL -> terms.url(value.text());
      case ADDRESS -> terms.network(value.bytes(), 128);
      case NETWORK -> {
        byte[] network = value.bytes();
        terms.network(network, network[16] & 255);
      }
      case FILE_HASH -> terms.word(value.text());
    }
  }
}
