package tr.emanet.event;

/** How a {@link Field} is stored, compared and counted. */
public enum FieldType {
  /** UTF-8 text compared after {@link Folding}. */
  KEYWORD("t"),
  /** IPv4 or IPv6 address, held as 16 bytes (IPv4 in its mapped form). */
  IP("ip"),
  /** Signed 64-bit number. */
  LONG("#"),
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  DATE("d"),
  /** Free text: searchable by words, not counted. */
  TEXT("t");

  private final String mark;

  FieldType(String mark) {
    this.mark = mark;
  }

  /** The short mark shown before a field name in the field list. */
  public String mark() {
    return mark;
  }
}
