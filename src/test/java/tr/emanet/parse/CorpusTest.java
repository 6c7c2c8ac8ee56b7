package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tr.emanet.demo.CorpusGenerator;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.SourceAddress;

/** Every line of the benchmark corpus is understood, with the time it claims. */
class CorpusTest {

  @Test
  void understandsTheWholeBenchmarkCorpus() {
    long base = Lines.NOON.toEpochMilli() - 60_000;
    CorpusGenerator corpus = new CorpusGenerator(1, base, 1000, 1);
    EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
    Event event = new Event();
    SourceAddress source = Lines.source("syslog_tcp");
    byte[] line = new byte[CorpusGenerator.MAX_LINE];
    Map<String, Integer> parsers = new HashMap<>();

    for (int i = 0; i < 20_000; i++) {
      int end = corpus.next(line, 0);
      event.reset(line, 0, end, Lines.NOON.toEpochMilli() * 1000, source, Attributes.NONE, 0);
      parser.parse(event);
      assertThat(event.parsed()).isTrue();
      assertThat(event.has(Field.EMANET_TIME)).isFalse();
      assertThat(event.has(Field.HOST_NAME)).isTrue();
      long drift = event.timestampMillis() - (base + i);
      assertThat(drift).isBetween(-1000L, 0L);
      parsers.merge(String.valueOf(event.text(Field.EMANET_PARSER)), 1, Integer::sum);
    }

    assertThat(parsers.keySet())
        .containsExactlyInAnyOrder(
            "rfc3164/kv",
            "rfc5424/kv",
            "rfc3164/access",
            "rfc5424/access",
            "rfc3164/named",
            "rfc5424/named",
            "rfc5424",
            "rfc3164/sshd",
            "rfc5424/sshd",
            "rfc3164/netfilter",
            "rfc5424/netfilter",
            "rfc3164/postfix",
            "rfc5424/postfix");
  }
}
