package tr.emanet.intake.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.event.RecordFlags;

final class FrameCutterTest {

  private static final int MAX = 100;

  /** Frames as text; flags follow a vertical bar, empty frames are an empty text. */
  private static final class Seen implements FrameCutter.Sink {
    private final List<String> frames = new ArrayList<>();
    private int empty;

    @Override
    public void frame(byte[] bytes, int from, int length, int flags) {
      String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
      frames.add(flags == 0 ? text : text + "|" + flags);
    }

    @Override
    public void empty() {
      empty++;
    }
  }

  private static Seen cut(byte[] all, int... pieces) throws InterruptedException {
    Seen seen = new Seen();
    FrameCutter cutter = new FrameCutter(MAX);
    byte[] buffer = new byte[MAX + FrameCutter.SLACK];
    int end = 0;
    int at = 0;
    int piece = 0;
    while (at < all.length) {
      int want = pieces.length == 0 ? all.length : pieces[piece++ % pieces.length];
      int n = Math.min(Math.min(want, all.length - at), buffer.length - end);
      assertThat(n).as("the buffer must always have room").isPositive();
      System.arraycopy(all, at, buffer, end, n);
      at += n;
      end += n;
      int rest = cutter.cut(buffer, 0, end, seen);
      System.arraycopy(buffer, rest, buffer, 0, end - rest);
      end -= rest;
    }
    cutter.end(buffer, 0, end, seen);
    return seen;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void cutsLinesCountsAndNulsOnOneConnection() throws InterruptedException {
    byte[] all = bytes("<13>a\n7 <13>b\nc<14>d\0<15>e\r\n7 <13>f\ng\n<16>h\n");

    Seen seen = cut(all);

    assertThat(seen.frames)
        .containsExactly("<13>a", "<13>b\nc", "<14>d", "<15>e", "<13>f\ng", "<16>h");
    assertThat(seen.empty).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // A line that begins with a number is a line.
        "10 packets dropped~next~; 10 packets dropped, next",
        "2026 Nov 22 hello~; 2026 Nov 22 hello",
        "0 errors found~; 0 errors found",
        "12345678 <13>x~; 12345678 <13>x",
        "-5 <13>x~; -5 <13>x",
        "+5 <13>x~; +5 <13>x",
        "5<13>x~; 5<13>x",
        "14 no pri counted<13>x~; no pri counted, <13>x",
        // Leading zeros are a count, the message begins with a priority.
        "007 <13>abc; <13>abc",
        // A count that is too small leaves a tail that ends at the line feed.
        "5 <13>hello~<14>x~; <13>h, ello, <14>x",
        "0 5 <13>h~; <13>h",
      })
  void decidesAboutNumbers(String input, String frames) throws InterruptedException {
    Seen seen = cut(bytes(input.replace('~', '\n')));

    assertThat(seen.frames).containsExactly(frames.trim().split(", ", -1));
  }

  @Test
  void countsFramesWithoutBytes() throws InterruptedException {
    Seen seen = cut(bytes("\n\r\n\0a\n0 <13>b\n"));

    assertThat(seen.frames).containsExactly("a", "<13>b");
    assertThat(seen.empty).isEqualTo(4);
  }

  @Test
  void keepsEveryByteButTheDelimiter() throws InterruptedException {
    Seen seen = cut(bytes(" a\rb \t\r\n\rc\n"));

    assertThat(seen.frames).containsExactly(" a\rb \t", "c");
  }

  @Test
  void cutsALongLineAndGoesOnAfterIt() throws InterruptedException {
    Seen seen = cut(bytes("<1>" + "x".repeat(500) + "\n<2>y\n"));

    assertThat(seen.frames)
        .containsExactly("<1>" + "x".repeat(97) + "|" + RecordFlags.TRUNCATED, "<2>y");
  }

  @Test
  void cutsALongCountedFrameAndGoesOnAfterIt() throws InterruptedException {
    Seen seen = cut(bytes("503 <1>" + "x\n".repeat(250) + "6 <2>y\nz"));

    assertThat(seen.frames.getFirst()).endsWith("|" + RecordFlags.TRUNCATED).hasSize(MAX + 2);
    assertThat(seen.frames.getLast()).isEqualTo("<2>y\nz");
    assertThat(seen.frames).hasSize(2);
  }

  @Test
  void keepsAFrameOfExactlyTheLimit() throws InterruptedException {
    String longest = "<1>" + "x".repeat(97);

    Seen seen = cut(bytes(longest + "\r\n100 " + longest + longest + "\n"), 7);

    assertThat(seen.frames).containsExactly(longest, longest, longest);
  }

  @Test
  void flagsHalfFramesAtTheEnd() throws InterruptedException {
    int flag = RecordFlags.INCOMPLETE;

    assertThat(cut(bytes("a\nhalf")).frames).containsExactly("a", "half|" + flag);
    assertThat(cut(bytes("50 <13>half")).frames).containsExactly("<13>half|" + flag);
    assertThat(cut(bytes("50")).frames).containsExactly("50|" + flag);
    assertThat(cut(bytes("a\n")).frames).containsExactly("a");
  }

  @Test
  void doesNotDependOnHowTheBytesArrive() throws InterruptedException {
    Random random = new Random(42);
    String[] parts = {
      "<13>hello\n",
      "9 <13>a\nb c",
      "\n",
      "\0",
      "\r",
      "seven\n",
      "0 <1>\n",
      "x",
      " ",
      "<",
      "x".repeat(150),
      "999 <1>",
      "99999999",
      "\r\n",
      "4 <1>",
      "é"
    };
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      byte[] all = bytes(text.toString());

      Seen whole = cut(all, MAX + FrameCutter.SLACK);
      Seen single = cut(all, 1);
      Seen mixed = cut(all, 3, 1, 11);

      assertThat(single.frames).as("round %d: %s", round, text).isEqualTo(whole.frames);
      assertThat(mixed.frames).as("round %d: %s", round, text).isEqualTo(whole.frames);
    }
  }

  @Test
  void findsDelimitersAtEveryOffset() {
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        for (byte delimiter : new byte[] {'\n', 0}) {
          byte[] b = new byte[length];
          java.util.Arrays.fill(b, (byte) 0x8a);
          b[at] = delimiter;

          assertThat(FrameCutter.delimiter(b, 0, length)).isEqualTo(at);
        }
      }
    }
  }
}
