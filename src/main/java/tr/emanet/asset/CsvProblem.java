package tr.emanet.asset;

/**
 * What is wrong with a file, with its place.
 *
 * @param line 1-based; 0 when the whole file is meant
 * @param code last part of the text key {@code asset.csv.problem.<code>}
 * @param value the text at fault, cut to 80 characters
 * @param advice what to write instead, or another fact for the text; may be empty
 */
public record CsvProblem(long line, String code, String value, String advice) {

  private static final int MAX_VALUE = 80;

  public CsvProblem {
    value = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "…" : value;
  }

  static CsvProblem file(String code, String value) {
    return new CsvProblem(0, code, value, "");
  }
}
