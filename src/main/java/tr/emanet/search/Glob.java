package tr.emanet.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tr.emanet.event.Folding;

/**
 * A compiled pattern of folded text with {@code *} (any run) and {@code ?} (one character); a
 * backslash takes the next character literally. Matching is linear for one star and never worse
 * than text length times pattern length: there is no automaton to blow up. Immutable.
 */
public final class Glob {

  private static final int STAR = -1;
  private static final int ONE = -2;

  private final int[] ops;

  private Glob(int[] ops) {
    this.ops = ops;
  }

  /** A pattern for a whole value. */
  public static Glob of(String pattern) {
    return new Glob(compile(pattern));
  }

  /** A pattern that may be found anywhere inside a text. */
  public static Glob anywhere(String pattern) {
    int[] inner = compile(pattern);
    int[] ops = new int[inner.length + 2];
    System.arraycopy(inner, 0, ops, 1, inner.length);
    ops[0] = STAR;
    ops[ops.length - 1] = STAR;
    return new Glob(ops);
  }

  /** Whether {@code text} has a wildcard that is not escaped. */
  public static boolean wild(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?') {
        return true;
      }
    }
    return false;
  }

  /** Writes a literal so that no character of it is a wildcard. */
  public static String escape(String literal) {
    StringBuilder out = new StringBuilder(literal.length() + 4);
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '*' || c == '?' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  private static int[] compile(String pattern) {
    int[] ops = new int[pattern.length() * 9 + 1];
    int n = 0;
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i <= pattern.length(); i++) {
      char c = i < pattern.length() ? pattern.charAt(i) : '*';
      boolean end = i == pattern.length();
      if (!end && c == '\\' && i + 1 < pattern.length()) {
        literal.append(pattern.charAt(++i));
      } else if (end || c == '*' || c == '?') {
        for (byte b : Folding.fold(literal.toString().getBytes(StandardCharsets.UTF_8))) {
          ops[n++] = b & 255;
        }
        literal.setLength(0);
        if (!end && (c == '?' || n == 0 || ops[n - 1] != STAR)) {
          ops[n++] = c == '*' ? STAR : ONE;
        }
      } else {
        literal.append(c);
      }
    }
    return Arrays.copyOf(ops, n);
  }

  /** The literal bytes before the first wildcard. */
  public byte[] prefix() {
    int n = 0;
    while (n < ops.length && ops[n] >= 0) {
      n++;
    }
    byte[] out = new byte[n];
    for (int i = 0; i < n; i++) {
      out[i] = (byte) ops[i];
    }
    return out;
  }

  /** Whether the pattern is one star: it fits everything. */
  public boolean fitsAll() {
    return ops.length == 1 && ops[0] == STAR;
  }

  /** Whether a text of digits alone can fit. */
  public boolean mayBeNumber() {
    return Arrays.stream(ops).allMatch(op -> op < 0 || op >= '0' && op <= '9');
  }

  /** Whether the pattern has no wildcard at all. */
  public boolean literal() {
    return prefix().length == ops.length;
  }

  /** Whether the folded bytes {@code [from, to)} fit as a whole. */
  public boolean matches(byte[] b, int from, int to) {
    int[] p = ops;
    int at = 0;
    int i = from;
    int retry = -1;
    int mark = from;
    while (i < to) {
      int op = at < p.length ? p[at] : Integer.MIN_VALUE;
      if (op == STAR) {
        retry = ++at;
        if (at == p.length) {
          return true;
        }
        mark = i;
      } else if (op == ONE) {
        i += width(b[i], to - i);
        at++;
      } else if (op == (b[i] & 255)) {
        i++;
        at++;
      } else if (retry < 0) {
        return false;
      } else {
        at = retry;
        mark += width(b[mark], to - mark);
        int first = p[at];
        if (first >= 0) {
          while (mark < to && (b[mark] & 255) != first) {
            mark++;
          }
        }
        i = mark;
      }
    }
    while (at < p.length && p[at] == STAR) {
      at++;
    }
    return at == p.length;
  }

  private static int width(byte lead, int left) {
    int b = lead & 255;
    int width = b < 0xC0 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    return Math.min(width, left);
  }
}
