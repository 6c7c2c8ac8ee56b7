package tr.emanet.indicator.value;

/**
 * A raw value that is no indicator. Neither part repeats the raw value, so both may be logged.
 *
 * @param reason what is wrong, for counting and for the text shown to people
 * @param detail where or what exactly, English, at most 80 printable ASCII characters; may be empty
 */
public record Refused(Refusal reason, String detail) implements Reading {

  static Refused because(Refusal reason) {
    return new Refused(reason, "");
  }
}
