package tr.emanet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.event.IpAddress;

final class QueryParserTest {

  private static final QueryParser PARSER = new QueryParser(ZoneId.of("Europe/Istanbul"));

  private static Query parsed(String text) {
    return switch (PARSER.parse(text)) {
      case QueryResult.Parsed parsed -> parsed.query();
      case QueryResult.Refused refused -> throw new AssertionError(text + ": " + refused.problem());
    };
  }

  private static QueryProblem problem(String text) {
    return switch (PARSER.parse(text)) {
      case QueryResult.Parsed parsed -> throw new AssertionError(text + " = " + parsed.query());
      case QueryResult.Refused refused -> refused.problem();
    };
  }

  private static byte[] address(String text) {
    byte[] address = IpAddress.parse(text);
    assertThat(address).isNotNull();
    return address == null ? new byte[16] : address;
  }

  @Test
  void readsFreeTextPhrasesAndWildcards() {
    assertThat(parsed(" ")).isEqualTo(new Query.All());
    assertThat(parsed("*")).isEqualTo(new Query.All());
    assertThat(parsed("başarısız")).isEqualTo(new Query.Text("başarısız"));
    assertThat(parsed("\"a \\\"b\\\" C:\\x\"")).isEqualTo(new Query.Phrase("a \"b\" C:\\x"));
    assertThat(parsed("*spam?")).isEqualTo(new Query.TextWildcard("*spam?"));
    assertThat(parsed("a\\*b")).isEqualTo(new Query.Text("a*b"));
  }

  @Test
  void readsOperatorsWithTheirPrecedence() {
    Query a = new Query.Text("a");
    Query b = new Query.Text("b");
    Query c = new Query.Text("c");

    assertThat(parsed("a b OR c"))
        .isEqualTo(new Query.Or(List.of(new Query.And(List.of(a, b)), c)));
    assertThat(parsed("a AND (b OR -c)"))
        .isEqualTo(new Query.And(List.of(a, new Query.Or(List.of(b, new Query.Not(c))))));
    assertThat(parsed("NOT a AND b")).isEqualTo(new Query.And(List.of(new Query.Not(a), b)));
    assertThat(parsed("\\AND or"))
        .isEqualTo(new Query.And(List.of(new Query.Text("AND"), new Query.Text("or"))));
  }

  @Test
  void readsFieldsByTheirType() {
    assertThat(parsed("user.name:ayşe")).isEqualTo(new Query.FieldIs("user.name", "ayşe"));
    assertThat(parsed("user.name:*")).isEqualTo(new Query.FieldExists("user.name"));
    assertThat(parsed("user.name:a*")).isEqualTo(new Query.FieldWildcard("user.name", "a*"));
    assertThat(parsed("user.name:(a OR \"b c\")"))
        .isEqualTo(
            new Query.Or(
                List.of(
                    new Query.FieldIs("user.name", "a"), new Query.FieldIs("user.name", "b c"))));
    assertThat(parsed("source.ip:10.1.2.3/8"))
        .isEqualTo(new Query.FieldNet("source.ip", address("10.0.0.0"), address("10.255.255.255")));
    assertThat(parsed("source.ip:10.0.0.1-10.0.0.9"))
        .isEqualTo(parsed("source.ip:[10.0.0.1 TO 10.0.0.9]"));
    assertThat(parsed("destination.port:>=1024"))
        .isEqualTo(new Query.FieldRange("destination.port", 1024, Long.MAX_VALUE));
    assertThat(parsed("destination.port:{1 TO 5]"))
        .isEqualTo(new Query.FieldRange("destination.port", 2, 5));
    assertThat(parsed("@timestamp:2026-11-22"))
        .isEqualTo(
            new Query.FieldRange(
                "@timestamp",
                Instant.parse("2026-11-21T21:00:00Z").toEpochMilli(),
                Instant.parse("2026-11-22T20:59:59.999Z").toEpochMilli()));
  }

  @Test
  void takesAddressesAndLinksForText() {
    assertThat(parsed("fe80::1")).isEqualTo(new Query.Text("fe80::1"));
    assertThat(parsed("aa:bb:cc:dd:ee:ff")).isEqualTo(new Query.Text("aa:bb:cc:dd:ee:ff"));
    assertThat(parsed("http://x.tr/a")).isEqualTo(new Query.Text("http://x.tr/a"));
    assertThat(parsed("C:\\Windows\\x")).isEqualTo(new Query.Text("C:\\Windows\\x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source.ip:203.0.113.0/33|22|24|query.prefix.range|source.ip:203.0.113.0/32",
        "source.ip:203.0.113.300|10|23|query.address.bad|",
        "a AND (b OR c|6|7|query.parenthesis.open|a AND (b OR c)",
        "a)|1|2|query.parenthesis.close|a",
        "user.name:\"ayşe|10|15|query.quote.open|user.name:\"ayşe\"",
        "a AND|5|5|query.operand.missing|a",
        "OR a|0|2|query.operand.missing|a",
        "a user.name:|12|12|query.value.missing|a user.name:*",
        "destination.port:http|17|21|query.number.bad|",
        "@timestamp:dün|11|14|query.date.bad|",
        "destination.port:[9 TO 1]|18|24|query.range.order|destination.port:[1 TO 9]",
        "destination.port:[1 TO 9|17|24|query.range.open|destination.port:[1 TO 9]",
        "destination.port:[1 9]|17|20|query.range.syntax|",
        "message:>5|8|10|query.range.type|",
        "a\\|1|2|query.escape.end|a\\\\"
      })
  void tellsWhereAndHowToRepair(String text, int from, int to, String key, String remedy) {
    QueryProblem problem = problem(text);

    assertThat(problem.key()).isEqualTo(key);
    assertThat(problem.from()).isEqualTo(from);
    assertThat(problem.to()).isEqualTo(to);
    assertThat(problem.remedy()).isEqualTo(remedy);
    if (remedy != null) {
      assertThat(PARSER.parse(remedy)).isInstanceOf(QueryResult.Parsed.class);
    }
  }

  @Test
  void refusesWhatIsTooDeepOrTooLong() {
    assertThat(problem("(".repeat(65) + "a").key()).isEqualTo("query.too.deep");
    assertThat(problem("-".repeat(100) + "a").key()).isEqualTo("query.too.deep");
    assertThat(problem("NOT ".repeat(2000) + "a").key()).isEqualTo("query.too.deep");
    assertThat(problem("a ".repeat(5000)).key()).isEqualTo("query.too.long");
    assertThat(parsed("(".repeat(64) + "a" + ")".repeat(64))).isEqualTo(new Query.Text("a"));
  }

  @Test
  void neverFailsOnRubbish() {
    Random random = new Random(3);
    String alphabet = "ab:*?\"()[]{}<>=-\\/ .10 TOANDR\u0131\u0307\0";

    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      switch (PARSER.parse(text.toString())) {
        case QueryResult.Parsed parsed ->
            assertThat(parsed(QueryPrinter.print(parsed.query())))
                .as(text.toString())
                .isEqualTo(parsed.query());
        case QueryResult.Refused refused ->
            assertThat(refused.problem().from())
                .as(text.toString())
                .isBetween(0, refused.problem().to());
      }
    }
  }
}
