package tr.emanet.indicator.usom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;

/** Reads answers of the interface that were kept in a file, one after the other. Pure. */
public final class UsomFile {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(20).maxStringLength(100_000).build())
          .build();

  private UsomFile() {}

  /** Takes the rows. */
  @FunctionalInterface
  public interface Sink {
    void take(FeedEntry entry) throws FeedException;
  }

  /** Rows of every {@code models} in the file. */
  public static void read(InputStream in, Sink sink) throws IOException, FeedException {
    boolean found = false;
    try (JsonParser parser = JSON.createParser(in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_ARRAY && "models".equals(parser.currentName())) {
          found = true;
          models(parser, sink);
        }
      }
    }
    if (!found) {
      throw new FeedException(FeedFailure.SHAPE, "the file holds no list called models");
    }
  }

  private static void models(JsonParser parser, Sink sink) throws IOException, FeedException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new FeedException(FeedFailure.SHAPE, "a row in the file is no object");
      }
      Map<String, String> row = new HashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isStructStart()) {
          parser.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
          row.put(name, parser.getText());
        }
      }
      for (FeedEntry entry : AddressRows.of(List.of(row))) {
        sink.take(entry);
      }
    }
  }
}
