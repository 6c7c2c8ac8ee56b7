package tr.emanet.index;

import java.util.Arrays;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;

/**
 * The words of an event as a token stream without characters: the line from {@link Event#termsFrom}
 * on, then every value that does not stand in the line as it is (unescaped JSON, transcoded text),
 * so that {@code field:value} can always begin with the words of the value. Words that the {@link
 * #template} has are left out, and so are addresses of {@link Schema#WORD_ADDRESSES}. Reused; one
 * thread only.
 */
final class EventTerms extends TokenStream {

  /** Fields whose value may stand outside the line and is not found by the combination. */
  private static final long OUTSIDE =
      Field.all().stream()
          .filter(f -> f.type() == FieldType.KEYWORD || f.type() == FieldType.TEXT)
          .filter(f -> !Schema.combined(f))
          .mapToLong(Field::bit)
          .reduce(0, (a, b) -> a | b);

  /** Words looked at before a template is decided on. */
  private static final int MAX_WORDS = 512;

  private static final long ADDRESSES =
      Schema.WORD_ADDRESSES.stream().mapToLong(Field::bit).reduce(0, (a, b) -> a | b);

  private final BytesTermAttribute attribute = addAttribute(BytesTermAttribute.class);
  private final TermSplitter splitter = new TermSplitter();
  private final BytesRef term = new BytesRef();
  private final CommonWords commonWords = new CommonWords();
  private final byte[] words = new byte[MAX_WORDS * 16 + TermSplitter.MAX_TERM_BYTES + 32];
  private final int[] ends = new int[MAX_WORDS];
  private final boolean[] common = new boolean[MAX_WORDS];
  private final boolean[] number = new boolean[MAX_WORDS];
  private final Numbers numbers = new Numbers();
  private final HiddenWords hidden = new HiddenWords();
  private final byte[] address = new byte[16];
  private final byte[] overlong = new byte[TermSplitter.MAX_TERM_BYTES + 16];
  private Event event = new Event();
  private byte[] value = new byte[0];
  private int valueFrom;
  private int valueTo;
  private long fieldsLeft;
  private int extrasDone;
  private int count;
  private int given;
  private boolean more;
  private @Nullable BytesRef template;

  /** Begins an event: cuts its words and decides which of them the template stands for. */
  void reset(Event next) {
    event = next;
    hidden.begin(next);
    cut(next.text(), next.termsFrom(), next.textTo());
    fieldsLeft = next.present() & OUTSIDE;
    extrasDone = 0;
    count = 0;
    given = 0;
    int used = 0;
    numbers.some = false;
    more = advance();
    while (more && count < MAX_WORDS && used < MAX_WORDS * 16) {
      System.arraycopy(splitter.term(), 0, words, used, splitter.length());
      number[count] = isNumber(words, used, used + splitter.length());
      numbers.some |= number[count];
      used += splitter.length();
      ends[count++] = used;
      more = advance();
    }
    // A longer line has neither template nor numbers: a word must not stand in two places.
    template = more ? null : commonWords.template(next, words, ends, count, common);
    numbers.some &= !more;
    numbers.given = 0;
  }

  private void cut(byte[] bytes, int from, int to) {
    value = bytes;
    valueFrom = from;
    valueTo = to;
    splitter.reset(bytes, from, to);
  }

  /** Whether a word has only the digits 0 to 9; such words have a dictionary of their own. */
  static boolean isNumber(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /** The numbers of the event, for {@link Schema#NUMBERS}; the same object for every event. */
  TokenStream numbers() {
    return numbers;
  }

  /** Whether the event has any. */
  boolean hasNumbers() {
    return numbers.some;
  }

  /** What the words do not show, for {@link Schema#HIDDEN}; the same object for every event. */
  TokenStream hidden() {
    return hidden;
  }

  /** Whether the event has any, or may still get some while its words are written. */
  boolean mayHide() {
    return more || hidden.any();
  }

  private boolean skipped(int i) {
    return template != null && common[i];
  }

  private void give(BytesRef into, int i) {
    into.bytes = words;
    into.offset = i == 0 ? 0 : ends[i - 1];
    into.length = ends[i] - into.offset;
  }

  /** The term of {@link Schema#COMMON} for this event, or null when every word is on its own. */
  @Nullable BytesRef template() {
    return template;
  }

  @Override
  public boolean incrementToken() {
    while (given < count && (skipped(given) || numbers.some && number[given])) {
      given++;
    }
    if (given < count) {
      give(term, given++);
    } else if (more) {
      term.bytes = overlong;
      term.offset = 0;
      term.length = splitter.length();
      System.arraycopy(splitter.term(), 0, overlong, 0, term.length);
      more = advance();
    } else {
      return false;
    }
    attribute.setBytesRef(term);
    return true;
  }

  private boolean advance() {
    do {
      while (!splitter.next()) {
        if (!nextValue()) {
          if (splitter.gap()) {
            hidden.zero();
          }
          return false;
        }
      }
      if (HiddenWords.odd(splitter, value, valueFrom)) {
        hidden.look(splitter, value, valueFrom, valueTo);
      }
    } while (splitter.address() && inColumn());
    return true;
  }

  /** Whether the address is found by its column; nearly each is a new word otherwise. */
  private boolean inColumn() {
    if ((event.present() & ADDRESSES) == 0
        || !IpAddress.parse(splitter.term(), 0, splitter.length(), address, 0)) {
      return false;
    }
    for (long left = event.present() & ADDRESSES; left != 0; left &= left - 1) {
      int at = Long.numberOfTrailingZeros(left) * 16;
      if (Arrays.equals(address, 0, 16, event.addresses(), at, at + 16)) {
        return true;
      }
    }
    return false;
  }

  private boolean nextValue() {
    while (fieldsLeft != 0) {
      int ordinal = Long.numberOfTrailingZeros(fieldsLeft);
      fieldsLeft &= fieldsLeft - 1;
      Field field = Field.all().get(ordinal);
      if (outside(event.valueBytes(field), event.valueFrom(field), event.valueTo(field))) {
        cut(event.valueBytes(field), event.valueFrom(field), event.valueTo(field));
        return true;
      }
    }
    while (extrasDone < event.extras()) {
      int i = extrasDone++;
      if (outside(event.extraValueBytes(i), event.extraFrom(i), event.extraTo(i))) {
        cut(event.extraValueBytes(i), event.extraFrom(i), event.extraTo(i));
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

  /** The second pass over the same words. */
  private final class Numbers extends TokenStream {
    private final BytesTermAttribute own = addAttribute(BytesTermAttribute.class);
    private final BytesRef bytes = new BytesRef();
    private boolean some;
    private int given;

    @Override
    public boolean incrementToken() {
      while (given < count && (skipped(given) || !number[given])) {
        given++;
      }
      if (given == count) {
        return false;
      }
      give(bytes, given++);
      own.setBytesRef(bytes);
      return true;
    }

    @Override
    public void reset() {}

    @Override
    public void end() {}

    @Override
    public void close() {}
  }
}
