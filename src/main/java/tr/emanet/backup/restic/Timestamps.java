package tr.emanet.backup.restic;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads the usual form of times fast: a tree has three of them in each entry. */
final class Timestamps {

  private static final int SHORTEST = 20;

  private Timestamps() {}

  /** The time of {@code 2026-11-22T10:00:00[.digits]Z}; null for any other form, valid or not. */
  static @Nullable Instant parse(String text) {
    int length = text.length();
    if (length < SHORTEST
        || length > SHORTEST + 10
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(length - 1) != 'Z') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int nanos = 0;
    if (length > SHORTEST) {
      int digits = length - SHORTEST - 1;
      nanos = text.charAt(19) == '.' && digits > 0 ? number(text, 20, length - 1) : -1;
      for (int i = digits; i < 9 && nanos > 0; i++) {
        nanos *= 10;
      }
    }
    boolean usual =
        year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour >= 0 && hour < 24;
    if (!usual || minute < 0 || minute > 59 || second < 0 || second > 59 || nanos < 0) {
      return null; // the end of a month is left to the library too
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(days * 86400 + hour * 3600L + minute * 60L + second, nanos);
  }

  /** Digits as a number, -1 when there is anything else. */
  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
