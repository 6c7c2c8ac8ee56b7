package tr.emanet.index;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;

/**
 * The words of an event as a token stream without characters: the line from {@link Event#termsFrom}
 * on, then every value that does not stand in the line as it is (unescaped JSON, transcoded text),
 * so that {@code field:value} can always begin with the words of the value. Reused; one thread
 * only.
 */
final class EventTerms extends TokenStream {

  /** Fields whose value may stand outside the line and is not found by the combination. */
  private static final long OUTSIDE =
      Field.all().stream()
          .filter(f -> f.type() == FieldType.KEYWORD || f.type() == FieldType.TEXT)
          .filter(f -> !Schema.combined(f))
          .mapToLong(Field::bit)
          .reduce(0, (a, b) -> a | b);

  private final BytesTermAttribute attribute = addAttribute(BytesTermAttribute.class);
  private final TermSplitter splitter = new TermSplitter();
  private final BytesRef term = new BytesRef();
  private Event event = new Event();
  private long fieldsLeft;
  private int extrasDone;

  void reset(Event next) {
    event = next;
    splitter.reset(next.text(), next.termsFrom(), next.textTo());
    fieldsLeft = next.present() & OUTSIDE;
    extrasDone = 0;
  }

  @Override
  public boolean incrementToken() {
    while (!splitter.next()) {
      if (!nextValue()) {
        return false;
      }
    }
    term.bytes = splitter.term();
    term.offset = 0;
    term.length = splitter.length();
    attribute.setBytesRef(term);
    return true;
  }

  private boolean nextValue() {
    while (fieldsLeft != 0) {
      int ordinal = Long.numberOfTrailingZeros(fieldsLeft);
      fieldsLeft &= fieldsLeft - 1;
      Field field = Field.all().get(ordinal);
      if (outside(event.valueBytes(field), event.valueFrom(field), event.valueTo(field))) {
        splitter.reset(event.valueBytes(field), event.valueFrom(field), event.valueTo(field));
        return true;
      }
    }
    while (extrasDone < event.extras()) {
      int i = extrasDone++;
      if (outside(event.extraValueBytes(i), event.extraFrom(i), event.extraTo(i))) {
        splitter.reset(event.extraValueBytes(i), event.extraFrom(i), event.extraTo(i));
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a value lies elsewhere than in the searchable part of the line; same array is meant.
   */
  @SuppressWarnings("ReferenceEquality")
  private boolean outside(byte[] bytes, int from, int to) {
    return bytes != event.text() || from < event.termsFrom() || to > event.textTo();
  }

  @Override
  public void reset() {}

  @Override
  public void end() {}

  @Override
  public void close() {}
}
