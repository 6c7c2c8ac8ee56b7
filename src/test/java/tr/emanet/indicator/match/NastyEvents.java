package tr.emanet.indicator.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.SourceAddress;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.indicator.value.ValueReader;

/** Random and adversarial indicators and events, the same for the same dice. */
public final class NastyEvents {

  private NastyEvents() {}

  private static final String[] HOSTS = {
    "evil.example",
    "a.evil.example",
    "notevil.example",
    "evil.example.tr",
    "www.evil.example",
    "EVIL.Example",
    "www.b.example",
    "b.example",
    "büyük.example",
    "BÜYÜK.example",
    "xn--byk-hoab.example",
    "İ.example",
    "ı.example",
    "I.example",
    "i.example",
    "x..evil.example",
    "198.51.100.7",
    "198.51.100.8",
    "203.0.113.200",
    "2001:db8::1",
    "2001:DB8:0::1",
    "::ffff:198.51.100.7",
    "[2001:db8::1]",
    "evil.example.",
    "ş.evil.example",
    "1.2.3",
    "300.1.1.1",
    "_x.evil.example",
    "-evil.example",
    "e\u0301.example",
    "a.b"
  };
  private static final String[] PATHS = {
    "", "/", "/a", "/a/", "//a", "/A", "/a?b=c", "/a?b=d", "/a/?b=c", "?b=c", "/a#b", "/a?", "/%41",
    "/%61", "/a%2fb", "/a%2Fb", "/a/b", "/ş", "/%c5%9f", "/a;b", "/a%3Bb", "/a)", "/a,b", "/a'b",
    "/31337", "/24"
  };
  private static final String[] PORTS = {"", "", "", ":80", ":443", ":8080", ":", ":99999", ":x"};
  private static final String[] SCHEMES = {
    "", "http://", "HTTPS://", "//", "ftp://", "http://u:p@"
  };
  private static final String[] GLUE = {
    " ", " ", ",", "=", "\"", "'", "(", ")", ".", ". ", "-", "_", ":", ";", "/", "\\", "%20", "%",
    "“", "”", "|", "->", "@", "é", "[", "]", "\t", "::", "…"
  };
  private static final String[] HASHES = {
    "d41d8cd98f00b204e9800998ecf8427e", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "d41d8cd98f00b204e9800998ecf8427"
  };
  private static final String[] NETWORKS = {
    "198.51.100.0/24",
    "198.51.100.7/32",
    "203.0.113.128/25",
    "198.51.0.0/16",
    "2001:db8::/32",
    "2001:db8::/64",
    "2001:db8::1/128",
    "::/80"
  };

  private static String any(Random dice, String[] from) {
    return from[dice.nextInt(from.length)];
  }

  private static String url(Random dice) {
    return any(dice, SCHEMES) + any(dice, HOSTS) + any(dice, PORTS) + any(dice, PATHS);
  }

  /** Some indicators, many of which stand in the events. */
  public static List<Listed> listed(Random dice) {
    List<Listed> out = new ArrayList<>();
    int wanted = 1 + dice.nextInt(40);
    while (out.size() < wanted) {
      IndicatorKind kind = IndicatorKind.values()[dice.nextInt(5)];
      String raw =
          switch (kind) {
            case DOMAIN, ADDRESS -> any(dice, HOSTS);
            case URL -> url(dice);
            case NETWORK -> any(dice, NETWORKS);
            case FILE_HASH -> any(dice, HASHES);
          };
      if (ValueReader.value(kind, raw) instanceof CanonicalValue value) {
        long from = dice.nextInt(4) == 0 ? 1000 + dice.nextInt(3) : 0;
        long until = dice.nextInt(4) == 0 ? 1000 + dice.nextInt(3) : Long.MAX_VALUE;
        long id = dice.nextInt(10) == 0 ? 1 : out.size() + 100L;
        out.add(new Listed(id, value, from, until));
      }
    }
    return out;
  }

  /** Fills an event with values that are hard to see or only look like one. */
  public static void fill(Random dice, Event event) {
    StringBuilder line = new StringBuilder();
    for (int n = dice.nextInt(6); n >= 0; n--) {
      switch (dice.nextInt(5)) {
        case 0 -> line.append(any(dice, HASHES));
        case 1, 2 -> line.append(any(dice, HOSTS));
        default -> line.append(url(dice));
      }
      line.append(any(dice, GLUE));
      if (dice.nextInt(3) == 0) {
        line.append(any(dice, GLUE));
      }
    }
    byte[] text = line.toString().getBytes(StandardCharsets.UTF_8);
    SourceAddress source = new SourceAddress("test", new byte[16], 0);
    event.reset(text, 0, text.length, 1_001_000, source, Attributes.NONE, 0);
    for (Field field :
        List.of(
            Field.DNS_QUESTION,
            Field.DNS_ANSWER,
            Field.DESTINATION_DOMAIN,
            Field.URL_DOMAIN,
            Field.HOST_NAME)) {
      if (dice.nextInt(6) == 0) {
        set(event, field, any(dice, HOSTS));
      }
    }
    if (dice.nextInt(3) == 0) {
      set(event, Field.URL_ORIGINAL, dice.nextBoolean() ? url(dice) : any(dice, PATHS));
    }
    if (dice.nextInt(6) == 0) {
      set(event, Field.URL_PATH, any(dice, PATHS));
    }
    if (dice.nextInt(6) == 0) {
      set(event, Field.FILE_SHA256, any(dice, HASHES));
    }
    for (Field field : List.of(Field.SOURCE_IP, Field.DESTINATION_IP, Field.EMANET_SOURCE_IP)) {
      if (dice.nextInt(6) == 0) {
        byte[] address = any(dice, HOSTS).getBytes(StandardCharsets.UTF_8);
        event.setIp(field, address, 0, address.length);
      }
    }
    if (dice.nextInt(4) == 0) {
      event.set(Field.DESTINATION_PORT, dice.nextBoolean() ? 8080 : 443);
    }
  }

  private static void set(Event event, Field field, String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    event.set(field, value, 0, value.length);
  }
}
