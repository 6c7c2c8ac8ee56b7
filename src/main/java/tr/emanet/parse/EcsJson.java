package tr.emanet.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;

/**
 * Writes an event as one JSON object with flat, dotted names of the Elastic Common Schema 8.
 *
 * <p>Besides the fields: {@code @timestamp} and {@code event.ingested} in UTC with milliseconds,
 * {@code event.original} (the line as text, from UTF-8 or the charset named in {@code
 * emanet.flags}), {@code emanet.raw_base64} when that text does not give the same bytes back,
 * {@code emanet.position}, and what the transport added as {@code emanet.transport.*}. All methods
 * are safe for many threads.
 */
public final class EcsJson {

  private static final JsonFactory JSON = new JsonFactory();

  private EcsJson() {}

  /** Writes the object with its raw line; does not close or flush. */
  public static void write(EventRecord event, JsonGenerator out) throws IOException {
    write(event, out, true);
  }

  /**
   * Writes the object; does not close or flush.
   *
   * @param original false leaves out the raw line and the transport's attributes, for readers who
   *     may only see masked values
   */
  public static void write(EventRecord event, JsonGenerator out, boolean original)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("@timestamp", iso(event.timestampMillis()));
    out.writeStringField("event.ingested", iso(event.ingestedMillis()));
    for (Map.Entry<String, Object> field : event.fields().entrySet()) {
      if (field.getValue() instanceof Long number) {
        out.writeNumberField(field.getKey(), number);
      } else {
        out.writeStringField(field.getKey(), field.getValue().toString());
      }
    }
    if (event.source().port() != 0) {
      out.writeNumberField("emanet.source.port", event.source().port());
    }
    out.writeStringField("emanet.position", event.position().toString());
    if (original) {
      writeOriginal(event, out);
      for (Map.Entry<String, String> attribute : event.attributes().display().entrySet()) {
        out.writeStringField("emanet.transport." + attribute.getKey(), attribute.getValue());
      }
    }
    out.writeEndObject();
  }

  /** The object as text on one line, without a line feed. */
  public static String line(EventRecord event) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(event, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** An instant as {@code 2026-10-11T22:14:15.003Z}. */
  public static String iso(long millis) {
    byte[] text = new byte[IsoTime.LENGTH];
    IsoTime.write(millis, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** The raw line as text: UTF-8, else the charset it was transcoded from. */
  public static String original(EventRecord event) {
    byte[] raw = event.raw();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return new String(raw, charset(event, StandardCharsets.UTF_8));
    }
  }

  private static void writeOriginal(EventRecord event, JsonGenerator out) throws IOException {
    String text = original(event);
    out.writeStringField("event.original", text);
    byte[] raw = event.raw();
    if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), raw)
        && !Arrays.equals(text.getBytes(charset(event, StandardCharsets.UTF_8)), raw)) {
      out.writeStringField("emanet.raw_base64", Base64.getEncoder().encodeToString(raw));
    }
  }

  /** The charset that the parser transcoded the line from, when {@code emanet.flags} names one. */
  public static Charset charset(EventRecord event, Charset otherwise) {
    String flags = event.text(Field.EMANET_FLAGS);
    if (flags != null) {
      int blank = flags.indexOf(' ');
      String word = blank < 0 ? flags : flags.substring(0, blank);
      boolean ours =
          word.equals("truncated") || word.equals("redelivered") || word.equals("incomplete");
      if (!ours && Charset.isSupported(word)) {
        return Charset.forName(word);
      }
    }
    return otherwise;
  }
}
