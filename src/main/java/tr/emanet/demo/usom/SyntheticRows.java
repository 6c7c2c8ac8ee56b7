package tr.emanet.demo.usom;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Makes row number n from a seed: the same row every time, in the mix of types, codes, dates and
 * odd values that was measured in the real list. Immutable.
 */
final class SyntheticRows {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** About 157 new rows a day. */
  private static final long MICROS_PER_ROW = 550L * 1_000_000;

  /** Of each block the first rows share one time stamp, as a bulk import does. */
  private static final int BLOCK = 4096;

  private static final int BURST = 300;

  private static final int BENCHMARK_ADDRESSES = 1 << 17;

  private static final String[] CONNECTION = {"PH", "OT", "MC", "BC", "AC", "MF", "MM", "EK"};
  private static final int[] CONNECTION_WEIGHT = {
    328874, 100761, 15167, 14834, 8282, 4785, 206, 26
  };
  private static final String[] DESC = {"BP", "PH", "MD", "MC", "CA"};
  private static final int[] DESC_WEIGHT = {253103, 93635, 66366, 51692, 750};
  private static final String[] SOURCE = {"SB", "IH", "SO", "US"};
  private static final int[] SOURCE_WEIGHT = {62, 26, 10, 2};
  private static final String[] FIRST = {
    "guvenli", "sube", "hesap", "kargo", "hediye", "basvuru", "odeme", "destek", "kampanya", "vergi"
  };
  private static final String[] SECOND = {
    "giris", "onay", "iade", "takip", "sorgu", "islem", "dogrula", "online", "mobil", "tr"
  };
  private static final String[] SHARED = {
    "duckdns", "duckdns", "duckdns", "ddns", "ddns", "hopto", "zapto", "webflow", "blogspot"
  };

  /** Each odd form of the real list once, at any size; type and value. */
  static final List<String[]> QUIRKS =
      List.of(
          new String[] {"url", "kutt.example/HPJW9M"},
          new String[] {"url", "https://sema.example/giris"},
          new String[] {"url", "198.51.100.42/31337"},
          new String[] {"url", "198.51.100.43:8080/panel/"},
          new String[] {"url", "kisa.example/halkbankası"},
          new String[] {"url", "cift.example//a//b"},
          new String[] {"url", "sorgu.example/x?id=" + "7".repeat(420)},
          new String[] {"url", "parantez.example/a)"},
          new String[] {"url", "port.example:443/yol"},
          new String[] {"url", "[bag.example](https://bag.example)"},
          new String[] {"domain", "BUYUK.Example"},
          new String[] {"domain", "nokta.example."},
          new String[] {"domain", "alt_cizgi.kotu.example"},
          new String[] {"domain", "www.yalin.example"},
          new String[] {"domain", "xn--gvenli-3ya.example"},
          new String[] {"domain", "ist\u0130yorum.example"},
          new String[] {"domain", "ust.example"},
          new String[] {"domain", "alt.ust.example"},
          new String[] {"domain", "ayni.example"},
          new String[] {"domain", "ayni.example"},
          new String[] {"domain", "d41d8cd98f00b204e9800998ecf8427e"},
          new String[] {"domain", "kirik.noclick_com"},
          new String[] {"domain", "flash-updates.m"},
          new String[] {"domain", "kesik"},
          new String[] {"ip", "203.0.113.77"},
          new String[] {"ip6", "2001:db8:a83f:8110:0:0:0:1"},
          new String[] {"ip6", "2001:db8:0:0::1%eth0"},
          new String[] {"ip6net", "2001:db8:77::/48"},
          new String[] {"ip", "::ffff:203.0.113.78"},
          new String[] {"domain", "hxxp://silahsiz[.]example/"});

  private final long seed;
  private final long newestMicros;
  private final int count;
  private final boolean mixedDates;

  /**
   * @param newest time of the newest row
   * @param count rows at the start; row {@code count - 1} is the newest
   */
  SyntheticRows(long seed, Instant newest, int count, boolean mixedDates) {
    this.seed = seed;
    this.newestMicros = ChronoUnit.MICROS.between(Instant.EPOCH, newest);
    this.count = count;
    this.mixedDates = mixedDates;
  }

  private long hash(int serial, int salt) {
    long z = seed + 0x9E3779B97F4A7C15L * (serial * 64L + salt + 1);
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  private int below(int serial, int salt, int bound) {
    return (int) ((hash(serial, salt) >>> 33) * bound >>> 31);
  }

  private String weighted(int serial, int salt, String[] names, int[] weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int at = below(serial, salt, sum);
    for (int i = 0; i < names.length; i++) {
      at -= weights[i];
      if (at < 0) {
        return names[i];
      }
    }
    return names[0];
  }

  /** Even, rising with the number, with gaps. */
  long id(int serial) {
    return 100_000 + serial * 4L + (below(serial, 0, 2) == 0 ? 0 : 2);
  }

  UsomRow row(int serial) {
    String type;
    String value;
    int quirk = serial % 1000;
    // The odd forms come once each, in the first thousand rows.
    if (serial < 1000 && quirk % 20 == 7 && quirk / 20 < QUIRKS.size()) {
      type = QUIRKS.get(quirk / 20)[0];
      value = QUIRKS.get(quirk / 20)[1];
    } else {
      int kind = below(serial, 1, 100_000);
      if (kind < 3_020) {
        type = "ip";
        value = address(serial);
      } else if (kind < 4_485) {
        type = "url";
        value = url(serial);
      } else if (kind < 4_487) {
        type = "ip6";
        value =
            "2001:db8:"
                + Integer.toHexString(serial >>> 16)
                + ":"
                + Integer.toHexString(serial & 0xffff)
                + "::1";
      } else {
        type = "domain";
        value = domain(serial);
      }
    }
    String connection = weighted(serial, 2, CONNECTION, CONNECTION_WEIGHT);
    return new UsomRow(
        id(serial),
        value,
        type,
        desc(serial, type),
        weighted(serial, 4, SOURCE, SOURCE_WEIGHT),
        date(serial),
        criticality(serial, connection),
        connection);
  }

  private String desc(int serial, String type) {
    if (type.equals("ip") && below(serial, 3, 4) > 0) {
      return "MI";
    }
    return type.equals("url") && below(serial, 3, 2) > 0
        ? "MU"
        : weighted(serial, 3, DESC, DESC_WEIGHT);
  }

  private int criticality(int serial, String connection) {
    return switch (connection) {
      case "AC" -> below(serial, 5, 14) == 0 ? 10 : 8;
      case "BC" -> below(serial, 5, 5) == 0 ? 7 : 8;
      case "PH" -> 4;
      case "OT" -> 1;
      default -> 6;
    };
  }

  private static String address(int serial) {
    // 198.18.0.0/15 (RFC 2544) holds enough; an odd factor keeps neighbours apart.
    int at = serial * 40_503 & BENCHMARK_ADDRESSES - 1;
    return "198." + (18 + (at >>> 16)) + "." + (at >>> 8 & 255) + "." + (at & 255);
  }

  private String domain(int serial) {
    String name =
        FIRST[below(serial, 6, FIRST.length)]
            + "-"
            + SECOND[below(serial, 7, SECOND.length)]
            + "-"
            + Integer.toString(serial, 36);
    int form = below(serial, 8, 1000);
    if (form < 4) {
      return "xn--" + name + "-z0a.example";
    } else if (form < 6) {
      return "www." + name + ".example";
    } else if (form < 150) {
      return name + "." + SHARED[below(serial, 9, SHARED.length)] + ".example";
    } else if (form < 172 && serial > 0) {
      return "alt." + domain(serial - 1);
    }
    return name + ".example";
  }

  private String url(int serial) {
    String code = Integer.toString(serial, 36);
    return switch (below(serial, 10, 20)) {
      case 0, 1 -> "kisalt.example/" + code.toUpperCase(Locale.ROOT);
      case 2, 3 -> "cdn.paylasim.example/attachments//" + code + "/dosya.exe";
      case 4 -> address(serial) + ":8080/" + code + ".sh";
      case 5, 6 -> address(serial) + "/bins/" + code + ".arm7";
      case 7 -> "form.example/giris/" + code + "/";
      case 8 -> "sorgu.example/" + code + "?ref=" + serial;
      default -> FIRST[below(serial, 6, FIRST.length)] + "-" + code + ".example/wp-content/" + code;
    };
  }

  private String date(int serial) {
    int dated = serial % BLOCK < BURST ? serial - serial % BLOCK : serial;
    long micros = newestMicros - (count - 1L - dated) * MICROS_PER_ROW;
    boolean burst = dated != serial || serial % BLOCK == 0;
    if (!burst) {
      micros -= below(serial, 11, 500_000_000);
      if (below(serial, 12, mixedDates ? 3 : 200) == 0) {
        micros -= below(serial, 13, 1_000_000) * 200_000L;
      }
    }
    int digits = mixedDates ? serial % 7 : DIGITS[below(dated, 14, DIGITS.length)];
    return date(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), digits);
  }

  /** 43 of 100 have no fraction, the others two to six digits. */
  private static final int[] DIGITS = {0, 0, 0, 6, 6, 6, 5};

  /** The API's form of an instant. */
  static String date(Instant at, int digits) {
    String seconds = SECONDS.format(at.atOffset(ZoneOffset.UTC));
    if (digits == 0) {
      return seconds;
    }
    String fraction =
        Long.toString(1_000_000 + at.getLong(ChronoField.NANO_OF_SECOND) / 1000).substring(1);
    return seconds + "." + fraction.substring(0, digits);
  }
}
