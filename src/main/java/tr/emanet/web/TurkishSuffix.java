package tr.emanet.web;

import java.util.Locale;

/**
 * Puts a Turkish case ending after a figure or a name, with apostrophe and vowel harmony: {@code
 * %84'ü}, {@code 20:00'de}, {@code 620'si}, {@code ebys-uyg01'e}. Texts should be worded so that
 * they need none; where one is needed it comes from here, never from joined strings.
 */
public enum TurkishSuffix {
  /** -i, -si: one of, the share of. */
  POSSESSIVE,
  /** -(y)i. */
  ACCUSATIVE,
  /** -(y)e. */
  DATIVE,
  /** -de, -te. */
  LOCATIVE,
  /** -den, -ten. */
  ABLATIVE,
  /** -(n)in. */
  GENITIVE;

  private static final String[] ONES = {
    "sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"
  };
  private static final String[] TENS = {
    "", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"
  };
  private static final String[] POWERS = {"", "bin", "milyon", "milyar", "trilyon"};
  private static final String VOWELS = "aıoueiöü";
  private static final String HARD = "fstkçşhp";

  /** The text followed by apostrophe and ending. */
  public String after(String text) {
    String word = spoken(text);
    char last = lastLetter(word);
    char vowel = lastVowel(word);
    boolean open = VOWELS.indexOf(last) >= 0;
    boolean front = "eiöü".indexOf(vowel) >= 0;
    String narrow = narrow(vowel);
    String wide = front ? "e" : "a";
    String d = HARD.indexOf(last) >= 0 ? "t" : "d";
    String ending =
        switch (this) {
          case POSSESSIVE -> (open ? "s" : "") + narrow;
          case ACCUSATIVE -> (open ? "y" : "") + narrow;
          case DATIVE -> (open ? "y" : "") + wide;
          case LOCATIVE -> d + wide;
          case ABLATIVE -> d + wide + "n";
          case GENITIVE -> (open ? "n" : "") + narrow + "n";
        };
    return text + "’" + ending;
  }

  private static String narrow(char vowel) {
    return switch (vowel) {
      case 'a', 'ı' -> "ı";
      case 'o', 'u' -> "u";
      case 'ö', 'ü' -> "ü";
      default -> "i";
    };
  }

  /** The word that is spoken last: for digits the number's last word. */
  private static String spoken(String text) {
    int end = text.length();
    while (end > 0 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
      end--;
    }
    if (end == 0 || !isDigit(text.charAt(end - 1))) {
      return text.substring(0, end).toLowerCase(Locale.forLanguageTag("tr"));
    }
    int start = end;
    while (start > 0 && (isDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '.')) {
      start--;
    }
    String digits = text.substring(start, end).replace(".", "");
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(digits.length() - 1 - zeros) == '0') {
      zeros++;
    }
    if (zeros == digits.length()) {
      return ONES[0];
    }
    int digit = digits.charAt(digits.length() - 1 - zeros) - '0';
    int group = zeros / 3;
    if (group > 0) {
      return POWERS[Math.min(group, POWERS.length - 1)];
    }
    return switch (zeros) {
      case 0 -> ONES[digit];
      case 1 -> TENS[digit];
      default -> "yüz";
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static char lastLetter(String word) {
    return word.isEmpty() ? 'e' : word.charAt(word.length() - 1);
  }

  private static char lastVowel(String word) {
    for (int i = word.length() - 1; i >= 0; i--) {
      if (VOWELS.indexOf(word.charAt(i)) >= 0) {
        return word.charAt(i);
      }
    }
    return 'e';
  }
}
