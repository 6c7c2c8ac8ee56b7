package tr.emanet.search.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tr.emanet.event.IpAddress;
import tr.emanet.search.Networks;
import tr.emanet.search.Query;

/** Random query trees over the words and fields of {@link Corpus}. */
final class RandomQueries {

  private final Random random;

  RandomQueries(Random random) {
    this.random = random;
  }

  Query next(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(6);
    return switch (kind) {
      case 1 -> new Query.And(parts(depth));
      case 2 -> new Query.Or(parts(depth));
      case 3 -> new Query.Not(next(depth - 1));
      default -> leaf();
    };
  }

  private List<Query> parts(int depth) {
    List<Query> out = new ArrayList<>();
    for (int n = 2 + random.nextInt(2); n > 0; n--) {
      out.add(next(depth - 1));
    }
    return out;
  }

  private String word() {
    return pick(Corpus.WORDS);
  }

  private Query leaf() {
    return switch (random.nextInt(22)) {
      case 0, 1, 2 -> new Query.Text(word());
      case 3 -> new Query.Text(word() + " " + word());
      case 4 -> new Query.Phrase(word() + " " + word());
      case 5 -> new Query.Phrase(word());
      case 6 -> new Query.TextWildcard(pattern(word()));
      case 7 ->
          new Query.TextWildcard(pick(List.of("*ar*s*z", "10.1.*", "fe80*", "p?r*", "/va?/l*")));
      case 8 -> new Query.FieldIs("user.name", pick(Corpus.USERS));
      case 9 -> new Query.FieldIs("host.name", pick(Corpus.HOSTS));
      case 10 -> new Query.FieldIs("event.action", pick(Corpus.ACTIONS));
      case 11 -> new Query.FieldIs("destination.port", pick(List.of("22", "443", "1")));
      case 12 -> new Query.FieldIs("fortinet.policyid", "" + random.nextInt(20));
      case 13 -> new Query.FieldIs("uygulama.durum", word() + " " + word());
      case 14 -> new Query.FieldIs("mqtt.topic", "BELEDIYE/" + word());
      case 15 ->
          new Query.FieldWildcard(
              pick(
                  List.of(
                      "user.name",
                      "host.name",
                      "mqtt.topic",
                      "event.action",
                      "message",
                      "source.ip",
                      "destination.port",
                      "uygulama.durum")),
              pattern(pick(List.of("ayse", "fw-0", "belediye/giris", "logon", "10.1.2", "44"))));
      case 16 ->
          new Query.FieldExists(
              pick(
                  List.of(
                      "user.name",
                      "source.ip",
                      "fortinet.policyid",
                      "event.outcome",
                      "mqtt.topic",
                      "@timestamp",
                      "destination.port",
                      "message")));
      case 17 ->
          new Query.FieldRange(
              pick(List.of("log.syslog.severity.code", "sensor.value", "fortinet.policyid")),
              random.nextInt(5),
              3 + random.nextInt(20));
      case 18 -> {
        long from = Corpus.START + random.nextInt(100_000_000);
        yield new Query.FieldRange(
            random.nextBoolean() ? "@timestamp" : "event.ingested", from, from + 20_000_000);
      }
      case 19 -> {
        byte[][] net = Networks.parse(pick(List.of("10.1.0.0/16", "10.0.2.0/23", "2001:db8::/64")));
        yield new Query.FieldNet("source.ip", net[0], net[1]);
      }
      case 20 ->
          new Query.FieldIs("source.ip", pick(List.of("10.1.2.3", "2001:DB8::0:5", "10.0.0.77")));
      default ->
          random.nextBoolean()
              ? new Query.FieldIs("emanet.source.ip", "192.0.2.7")
              : new Query.FieldIs("message", word());
    };
  }

  private String pattern(String word) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      out.append(random.nextInt(5) == 0 ? '?' : c);
    }
    return switch (random.nextInt(3)) {
      case 0 -> out + "*";
      case 1 -> "*" + out;
      default -> "*" + out.substring(Math.min(1, out.length() - 1)) + "*";
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** The address of a text. */
  static byte[] address(String text) {
    byte[] out = IpAddress.parse(text);
    if (out == null) {
      throw new IllegalArgumentException(text);
    }
    return out;
  }
}
