package tr.emanet.indicator.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.value.IndicatorKind;

/** Reads STIX 2.1 objects and MISP attributes, one object in memory at a time. */
final class JsonFeeds {

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(50)
                      .maxStringLength(1_000_000)
                      .build())
              .build());
  private static final int MAX_TERMS = 100;

  /** One comparison of a STIX pattern, such as {@code [domain-name:value = 'evil.example']}. */
  private static final Pattern TERM =
      Pattern.compile(
          "(domain-name:value|url:value|ipv4-addr:value|ipv6-addr:value"
              + "|file:hashes\\.(?:'[^']{1,20}'|[A-Za-z0-9-]{1,20}))"
              + "\\s{0,5}=\\s{0,5}'((?:[^'\\\\]|\\\\.){1,4096}+)'");

  private JsonFeeds() {}

  /** {@code {"type":"bundle","objects":[...]}} or a TAXII envelope; answers {@code next}. */
  static @Nullable String stix(InputStream in, FeedTerms terms, EntrySink sink)
      throws IOException, FeedException {
    Map<String, String> tlp = new HashMap<>();
    @Nullable String[] next = new @Nullable String[1];
    boolean[] more = new boolean[1];
    each(
        in,
        "objects",
        (name, value) -> {
          if (name.equals("next")) {
            next[0] = value.asText();
          } else if (name.equals("more")) {
            more[0] = value.asBoolean();
          }
        },
        object -> {
          if (object.path("type").asText().equals("marking-definition")) {
            tlp.put(object.path("id").asText(), object.path("definition").path("tlp").asText(""));
          } else if (object.path("type").asText().equals("indicator")
              && !object.path("revoked").asBoolean()) {
            indicator(object, tlp, terms, sink);
          }
        });
    return more[0] ? next[0] : null;
  }

  private static void indicator(
      JsonNode object, Map<String, String> tlp, FeedTerms terms, EntrySink sink)
      throws FeedException {
    String id = object.path("id").asText("");
    if (id.isEmpty() || !object.path("pattern").isTextual()) {
      throw new FeedException(FeedFailure.SHAPE, "a STIX indicator has no id or no pattern");
    }
    String mark = null;
    for (JsonNode reference : object.path("object_marking_refs")) {
      String known = tlp.get(reference.asText());
      mark = known == null || known.isEmpty() ? mark : known;
    }
    Matcher term = TERM.matcher(object.path("pattern").asText());
    for (int i = 0; i < MAX_TERMS && term.find(); i++) {
      String path = term.group(1);
      sink.take(
          terms.entry(
              i == 0 ? id : id + "#" + i,
              term.group(2).replace("\\'", "'").replace("\\\\", "\\"),
              kind(path),
              path.substring(0, path.indexOf(':')),
              object.path("name").asText(""),
              mark,
              time(object.path("valid_from")),
              time(object.path("valid_until"))));
    }
  }

  private static IndicatorKind kind(String path) {
    return path.startsWith("domain")
        ? IndicatorKind.DOMAIN
        : path.startsWith("url")
            ? IndicatorKind.URL
            : path.startsWith("file") ? IndicatorKind.FILE_HASH : IndicatorKind.ADDRESS;
  }

  /** {@code {"response":{"Attribute":[...]}}} or {@code {"Attribute":[...]}}. */
  static void misp(InputStream in, FeedTerms terms, EntrySink sink)
      throws IOException, FeedException {
    each(in, "Attribute", (name, value) -> {}, object -> attribute(object, terms, sink));
  }

  private static void attribute(JsonNode object, FeedTerms terms, EntrySink sink)
      throws FeedException {
    String value = object.path("value").asText("");
    String type = object.path("type").asText("").toLowerCase(Locale.ROOT);
    if (value.isEmpty() || type.isEmpty()) {
      throw new FeedException(FeedFailure.SHAPE, "a MISP attribute has no value or no type");
    }
    IndicatorKind kind =
        switch (type) {
          case "domain", "hostname" -> IndicatorKind.DOMAIN;
          case "url", "uri", "link" -> IndicatorKind.URL;
          case "ip-src", "ip-dst" -> null;
          case "md5", "sha1", "sha256" -> IndicatorKind.FILE_HASH;
          default -> null;
        };
    boolean wanted = kind != null || type.startsWith("ip-");
    JsonNode ids = object.path("to_ids");
    if (!wanted || object.path("deleted").asBoolean() || ids.isBoolean() && !ids.asBoolean()) {
      return;
    }
    String first = type.endsWith("|port") ? value.substring(0, bar(value)) : value;
    long seconds = object.path("timestamp").asLong(0);
    sink.take(
        terms.entry(
            object.path("uuid").asText(value),
            first,
            kind,
            type,
            object.path("category").asText(""),
            tag(object),
            seconds > 0 && seconds < 1L << 40 ? Instant.ofEpochSecond(seconds) : null,
            null));
  }

  private static int bar(String value) {
    int bar = value.indexOf('|');
    return bar < 0 ? value.length() : bar;
  }

  private static @Nullable String tag(JsonNode object) {
    for (JsonNode tag : object.path("Tag")) {
      String name = tag.path("name").asText("").toLowerCase(Locale.ROOT);
      if (name.startsWith("tlp:")) {
        return name.substring(4);
      }
    }
    return null;
  }

  private static @Nullable Instant time(JsonNode text) {
    try {
      return text.isTextual() ? Instant.parse(text.asText()) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private interface Fields {
    void plain(String name, JsonNode value);
  }

  private interface Objects {
    void take(JsonNode object) throws FeedException;
  }

  /** Walks to arrays of this name, at most two objects deep, and hands out their objects. */
  private static void each(InputStream in, String array, Fields fields, Objects objects)
      throws IOException, FeedException {
    boolean found = false;
    try (JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new FeedException(FeedFailure.SHAPE, "the feed is no JSON object");
      }
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.FIELD_NAME) {
          continue;
        }
        String name = parser.currentName();
        token = parser.nextToken();
        if (name.equals(array) && token == JsonToken.START_ARRAY) {
          found = true;
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode object = JSON.readTree(parser);
            if (object == null || !object.isObject()) {
              throw new FeedException(FeedFailure.SHAPE, "an item of " + array + " is no object");
            }
            objects.take(object);
          }
        } else if (token == JsonToken.START_ARRAY) {
          parser.skipChildren();
        } else if (token != JsonToken.START_OBJECT) {
          fields.plain(name, JSON.readTree(parser));
        }
      }
    }
    // TAXII leaves objects out of an empty envelope.
    if (!found && !array.equals("objects")) {
      throw new FeedException(FeedFailure.SHAPE, "the feed has no list called " + array);
    }
  }
}
