package tr.emanet.indicator.usom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;

/**
 * Reads an answer as a stream: {@code totalCount}, {@code count}, {@code models}, {@code page},
 * {@code pageCount} in any order. What is not of this shape is refused. Thread-safe.
 */
final class AnswerReader {

  private static final int MAX_ROWS = 10_000;
  private static final int MAX_FIELDS = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(20)
                  .maxStringLength(2_000_000)
                  .maxNumberLength(40)
                  .maxNameLength(1_000)
                  .build())
          .build();

  private AnswerReader() {}

  static Answer read(InputStream in) throws IOException, FeedException {
    try (JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw shape("the answer is no object");
      }
      int total = -1;
      int page = -1;
      int pageCount = -1;
      List<Map<String, String>> rows = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        switch (name) {
          case "totalCount" -> total = number(parser, name);
          case "page" -> page = number(parser, name);
          case "pageCount" -> pageCount = number(parser, name);
          case "models" -> {
            if (token != JsonToken.START_ARRAY) {
              throw shape("models is no list");
            }
            rows = rows(parser);
          }
          default -> parser.skipChildren();
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw shape("something follows the answer");
      }
      if (rows == null) {
        throw shape("models is missing");
      }
      if (total < 0 && !rows.isEmpty()) {
        throw shape("totalCount is missing");
      }
      return new Answer(total, page, pageCount, rows);
    }
  }

  private static FeedException shape(String what) {
    return new FeedException(FeedFailure.SHAPE, what);
  }

  private static int number(JsonParser parser, String name) throws IOException, FeedException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() == JsonParser.NumberType.INT
        && parser.getIntValue() >= 0) {
      return parser.getIntValue();
    }
    throw shape(name + " is no count");
  }

  private static List<Map<String, String>> rows(JsonParser parser)
      throws IOException, FeedException {
    List<Map<String, String>> rows = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw shape("row " + (rows.size() + 1) + " is no object");
      }
      if (rows.size() == MAX_ROWS) {
        throw new FeedException(
            FeedFailure.TOO_MANY_ROWS, "one answer has more than " + MAX_ROWS + " rows");
      }
      rows.add(row(parser, rows.size() + 1));
    }
    return rows;
  }

  private static Map<String, String> row(JsonParser parser, int number)
      throws IOException, FeedException {
    Map<String, String> row = new HashMap<>(16);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
        if (REQUIRED.contains(name)) {
          throw shape("row " + number + ": " + name + " is no plain value");
        }
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        if (row.size() == MAX_FIELDS) {
          throw shape("row " + number + " has more than " + MAX_FIELDS + " fields");
        }
        check(parser, name, token, number);
        row.put(name, parser.getText());
      }
    }
    return row;
  }

  private static final List<String> REQUIRED = List.of("id", "url", "type");

  /** Values and types are text; a number there says that the shape has changed. */
  private static void check(JsonParser parser, String name, JsonToken token, int number)
      throws IOException, FeedException {
    boolean wrong =
        switch (name) {
          case "url", "type", "desc", "source", "connectiontype", "date", "title", "slug" ->
              token != JsonToken.VALUE_STRING;
          case "criticality_level" -> token != JsonToken.VALUE_NUMBER_INT;
          default -> false;
        };
    if (wrong) {
      throw shape("row " + number + ": " + name + " is " + token + ": " + parser.getText());
    }
  }
}
