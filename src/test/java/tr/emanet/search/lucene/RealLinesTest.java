package tr.emanet.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexAppender;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.JournalReader;
import tr.emanet.journal.MemoryJournal;
import tr.emanet.journal.RecordBlock;
import tr.emanet.parse.ConfiguredSources;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceConfig;
import tr.emanet.search.JournalRecords;
import tr.emanet.search.Masking;
import tr.emanet.search.QueryMatcher;
import tr.emanet.search.QueryResult;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;

/** Real lines through the real parser, journal and index are found by what people would type. */
final class RealLinesTest {

  private static final long NOW_MICROS = Corpus.START * 1000;
  private static final Principal ANALYST = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));
  private static final List<String> LINES =
      List.of(
          "<38>Nov 20 09:00:01 fw-01 sshd[311]: Failed password for ayşe from 10.1.2.3 port 50022"
              + " ssh2",
          "<13>1 2026-11-20T09:00:02+03:00 srv1 uygulama 42 - - BAŞARISIZ giriş denemesi",
          "<13>Nov 20 09:00:03 srv2 php: {\"user\":\"Ay\\u015fe G\\u00fcl\",\"durum\":\"ba\\u015far"
              + "\\u0131s\\u0131z giri\\u015f\",\"ip\":\"10.9.9.9\"}",
          "<189>date=2026-11-20 time=09:00:04 devname=\"FGT\" srcip=10.1.2.4 dstip=203.0.113.7"
              + " dstport=443 action=\"deny\" policyid=17 msg=\"iprope_in_check() check failed\"",
          "kernel: IN=eth0 MAC=aa:bb:cc:dd:ee:ff:11:22:33:44:55:66:08:00 SRC=10.1.2.5 DST=192.0.2.9"
              + " PROTO=TCP SPT=1025 DPT=22");

  @Test
  void findsWhatPeopleWouldType(@TempDir Path directory) throws Exception {
    MemoryJournal journal = new MemoryJournal();
    try (EventIndex index = Corpus.open(directory)) {
      LuceneSearch search = filled(journal, index);

      assertThat(found(search, "basarisiz")).containsExactly(3L, 2L, 6L);
      assertThat(found(search, "\"BAŞARISIZ GİRİŞ\"")).containsExactly(3L, 2L, 6L);
      assertThat(found(search, "\"Failed password\" ayse")).containsExactly(1L);
      assertThat(found(search, "user.name:ayse")).contains(1L);
      assertThat(found(search, "user.name:\"ayse gul\"")).containsExactly(3L);
      assertThat(found(search, "source.ip:10.1.2.0/24")).contains(1L, 4L);
      assertThat(found(search, "destination.port:443")).containsExactly(4L);
      assertThat(found(search, "*prope*")).containsExactly(4L);
      assertThat(found(search, "host.name:*")).contains(1L, 2L, 3L);
    }
  }

  private static LuceneSearch filled(MemoryJournal journal, EventIndex index) throws Exception {
    Batch batch = new BatchPool(1).take();
    SourceAddress source = new SourceAddress("syslog_udp", new byte[16], 514);
    List<byte[]> lines = new ArrayList<>();
    LINES.forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
    lines.add("eski: başarısız giriş".getBytes(Charset.forName("windows-1254")));
    for (byte[] line : lines) {
      assertThat(batch.add(line, 0, line.length, NOW_MICROS, source, Attributes.NONE, 0)).isTrue();
    }
    journal.append("guvenlik", batch);
    EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
    IndexAppender appender = index.appender();
    Event event = new Event();
    int added = 0;
    try (JournalReader reader = journal.read("guvenlik", 1)) {
      RecordBlock into = new RecordBlock();
      while (added < lines.size()) {
        RecordBlock block = reader.next(into, Duration.ofSeconds(5));
        for (int i = 0; block != null && i < block.count(); i++) {
          event.reset(
              block.bytes(),
              block.from(i),
              block.to(i),
              block.receivedMicros(i),
              block.source(i),
              block.attributes(i),
              block.flags(i));
          parser.parse(event);
          added += appender.add(event, "guvenlik", block.firstSequence() + i) ? 1 : 0;
        }
      }
    }
    index.refresh(added);
    return new LuceneSearch(
        index,
        new JournalRecords(
            journal, () -> new EventParser(new ConfiguredSources(SourceConfig.DEFAULT))::parse),
        new Masking(Masking.OWN_NETWORKS, new byte[16]),
        SearchLimits.DEFAULT,
        Corpus.ZONE,
        System::nanoTime);
  }

  /** Sequences found; the index must agree with the plain evaluator on every line. */
  private static List<Long> found(LuceneSearch search, String text) throws Exception {
    if (!(search.parse(text) instanceof QueryResult.Parsed parsed)) {
      throw new AssertionError(text);
    }
    QueryMatcher matcher = QueryMatcher.of(parsed.query());
    List<Long> expected = new ArrayList<>();
    List<Long> got = new ArrayList<>();
    List<EventRecord> all =
        search
            .page(
                new SearchRequest(new tr.emanet.search.Query.All(), TimeRange.ALL, ANALYST),
                100,
                null)
            .events();
    for (EventRecord event : all) {
      if (matcher.matches(event)) {
        expected.add(event.position().sequence());
      }
    }
    search
        .page(new SearchRequest(parsed.query(), TimeRange.ALL, ANALYST), 100, null)
        .events()
        .forEach(event -> got.add(event.position().sequence()));
    assertThat(got).as(text).isEqualTo(expected);
    return got;
  }
}
