package tr.emanet.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Folding;
import tr.emanet.index.TermSplitter;

/** A test on the text of one line. Reuses its buffers: one thread only. */
public abstract class LineMatcher {

  private byte[] folded = new byte[1024];

  private LineMatcher() {}

  /** Tests the UTF-8 text {@code [from, to)}. */
  public abstract boolean matches(byte[] text, int from, int to);

  /** The words of a text one after the other. */
  public static LineMatcher sequence(String text) {
    List<byte[]> words = Words.of(text);
    return words.isEmpty() ? contains(text) : new Sequence(words, List.of());
  }

  /** Patterns for words one after the other. */
  static LineMatcher globs(List<String> pieces) {
    return new Sequence(List.of(), pieces.stream().map(Glob::of).toList());
  }

  /** The folded text stands in the folded line. */
  public static LineMatcher contains(String text) {
    return new Contains(Glob.anywhere(Glob.escape(text)));
  }

  /** The folded text stands in the folded line and each of its words is a word of the line. */
  static LineMatcher phrase(String text) {
    List<LineMatcher> parts = new ArrayList<>();
    for (byte[] word : Words.of(text)) {
      parts.add(new Sequence(List.of(word), List.of()));
    }
    parts.add(contains(text));
    return new All(parts, true);
  }

  /** Free text with wildcards. */
  public static LineMatcher wildcard(String pattern) {
    List<String> pieces = Words.pieces(pattern);
    if (pieces.isEmpty()) {
      return anywhere(pattern);
    }
    LineMatcher words = globs(pieces);
    return Words.mayBeAddress(pattern)
        ? new All(List.of(words, globs(List.of(pattern))), false)
        : words;
  }

  /** A pattern anywhere in the line. */
  public static LineMatcher anywhere(String pattern) {
    return new Contains(Glob.anywhere(pattern));
  }

  byte[] fold(byte[] text, int from, int to) {
    if (folded.length < (to - from) * 3) {
      folded = new byte[(to - from) * 3];
    }
    return folded;
  }

  private static final class Contains extends LineMatcher {
    private final Glob glob;

    Contains(Glob glob) {
      this.glob = glob;
    }

    @Override
    public boolean matches(byte[] text, int from, int to) {
      byte[] room = fold(text, from, to);
      return glob.matches(room, 0, Folding.fold(text, from, to, room, 0));
    }
  }

  private static final class All extends LineMatcher {
    private final List<LineMatcher> parts;
    private final boolean every;

    All(List<LineMatcher> parts, boolean every) {
      this.parts = parts;
      this.every = every;
    }

    @Override
    public boolean matches(byte[] text, int from, int to) {
      for (LineMatcher part : parts) {
        if (part.matches(text, from, to) != every) {
          return !every;
        }
      }
      return every;
    }
  }

  /** Looks for consecutive words; the bits of {@code states} are how far each attempt has come. */
  private static final class Sequence extends LineMatcher {
    private final List<byte[]> words;
    private final List<Glob> globs;
    private final int length;
    private final TermSplitter splitter = new TermSplitter();
    private boolean[] states;
    private boolean[] next;

    Sequence(List<byte[]> words, List<Glob> globs) {
      this.words = words;
      this.globs = globs;
      this.length = words.size() + globs.size();
      this.states = new boolean[length + 1];
      this.next = new boolean[length + 1];
    }

    @Override
    public boolean matches(byte[] text, int from, int to) {
      splitter.reset(text, from, to);
      Arrays.fill(states, false);
      while (splitter.next()) {
        Arrays.fill(next, false);
        for (int i = 0; i < length; i++) {
          if ((i == 0 || states[i]) && fits(i)) {
            next[i + 1] = true;
          }
        }
        if (next[length]) {
          return true;
        }
        boolean[] swap = states;
        states = next;
        next = swap;
      }
      return false;
    }

    private boolean fits(int i) {
      if (globs.isEmpty()) {
        byte[] word = words.get(i);
        return Arrays.equals(splitter.term(), 0, splitter.length(), word, 0, word.length);
      }
      return globs.get(i).matches(splitter.term(), 0, splitter.length());
    }
  }

  /** The matcher for a node about text, null for any other node. */
  static @Nullable LineMatcher of(Query node) {
    return switch (node) {
      case Query.Text text -> sequence(text.text());
      case Query.Phrase phrase -> phrase(phrase.text());
      case Query.TextWildcard wildcard -> wildcard(wildcard.pattern());
      case Query.FieldIs is -> phrase(is.value());
      case Query.FieldWildcard wildcard -> anywhere(wildcard.pattern());
      case Query.All all -> null;
      case Query.None none -> null;
      case Query.FieldExists exists -> null;
      case Query.FieldRange range -> null;
      case Query.FieldNet net -> null;
      case Query.And and -> null;
      case Query.Or or -> null;
      case Query.Not not -> null;
    };
  }
}
