package tr.emanet.traffic;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexAppender;
import tr.emanet.index.IndexConfig;
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
import tr.emanet.search.SearchLimits;
import tr.emanet.search.lucene.LuceneSearch;
import tr.emanet.store.Database;

/** A municipality's records in a memory journal and a real index, with an audit chain. */
final class Town implements Closeable {

  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  static final Principal ANALYST = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));
  static final Principal AUDITOR = new Principal("ali", "Ali", Set.of(Role.AUDITOR));

  final AuditLog audit;
  final LookUp lookUp;
  final LuceneSearch search;
  final Map<String, LookUp.Device> devices = new HashMap<>();
  private final Database database;
  private final EventIndex index;
  private int ids;

  private Town(Path directory, List<String> lines) throws Exception {
    database = Database.open(directory, List.of("audit"));
    audit = new AuditLog(database, () -> NOW);
    index = EventIndex.open(new IndexConfig(directory.resolve("i"), ZONE, 64L << 20, 400, 0, 1));
    MemoryJournal journal = new MemoryJournal();
    Masking masking = new Masking(Masking.OWN_NETWORKS, new byte[16]);
    search =
        new LuceneSearch(
            index,
            new JournalRecords(
                journal, () -> new EventParser(new ConfiguredSources(SourceConfig.DEFAULT))::parse),
            masking,
            SearchLimits.DEFAULT,
            ZONE,
            System::nanoTime);
    fill(journal, lines);
    lookUp =
        new LookUp(
            new LookUp.Parts(search, masking, audit, this::device, () -> "a" + ++ids, () -> NOW),
            LookUp.Limits.DEFAULT);
  }

  private LookUp.@Nullable Device device(String key) {
    return devices.get(key);
  }

  /** Lines as RFC 5424 with their own time, {@code 2026-11-22T17:00:00Z gw dhcpd: ...}. */
  static Town of(Path directory, String... lines) throws Exception {
    List<String> all = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split(" ", 4);
      String program = parts[2].substring(0, parts[2].length() - 1);
      all.add("<30>1 " + parts[0] + " " + parts[1] + " " + program + " - - - " + parts[3]);
    }
    return new Town(directory, all);
  }

  private void fill(MemoryJournal journal, List<String> lines) throws Exception {
    Batch batch = new BatchPool(1).take();
    SourceAddress source = new SourceAddress("syslog_udp", new byte[16], 514);
    for (String text : lines) {
      byte[] line = text.getBytes(StandardCharsets.UTF_8);
      // Received in the evening of the same day, so that the claimed time holds.
      if (!batch.add(line, 0, line.length, NOW.toEpochMilli() * 1000, source, Attributes.NONE, 0)) {
        throw new IllegalStateException("batch is full");
      }
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
  }

  Answer ask(String endpoint, String time, Principal who) throws IOException {
    if (Question.read(endpoint, time, "2026/1234 soruşturma", ZONE)
            instanceof Question.Read.Asked asked
        && lookUp.ask(asked.question(), who) instanceof LookUp.Outcome.Answered answered) {
      return answered.answer();
    }
    throw new AssertionError(endpoint + " at " + time);
  }

  @Override
  public void close() throws IOException {
    index.close();
    database.close();
  }
}
