package tr.emanet;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.plan.DeviceNews;
import tr.emanet.backup.source.Source;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;
import tr.emanet.intake.Counters;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.Journal;

/**
 * Writes a change of a network device's configuration into the journal, as a syslog message of our
 * own, so that it is evidence, can be searched, and rules can look at it. Thread-safe.
 */
final class DeviceEvents implements DeviceNews {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceEvents.class);

  /** The stream of the journal, and the listener that its records name. */
  static final String STREAM = "emanet";

  private static final int MAX_LINES = 40;
  private static final int MAX_TEXT = 6000;

  private final Journal journal;
  private final InstantSource clock;
  private final Counters counters = new Counters();
  private final BatchPool pool = new BatchPool(1);

  DeviceEvents(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public synchronized void changed(String job, Source.Device device, List<String> lines) {
    Instant now = clock.instant();
    byte[] bytes = message(now, job, device, lines).getBytes(StandardCharsets.UTF_8);
    try {
      Batch batch = pool.take();
      long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
      SourceAddress self = SourceAddress.of(STREAM, InetAddress.getLoopbackAddress(), 0);
      if (batch.add(bytes, 0, bytes.length, micros, self, Attributes.NONE, 0)) {
        counters.received(bytes.length, 0);
        journal.append(STREAM, batch);
        counters.journaled(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.atWarn()
          .addKeyValue("device", device.address())
          .log("A change of a device's configuration found no place in the journal");
    }
  }

  /** What intake says, with us as one more who is heard, so that the balance of the page holds. */
  IntakeStatus among(IntakeStatus others) {
    if (counters.received() == 0) {
      return others;
    }
    List<IntakeStatus.ListenerStatus> all = new ArrayList<>(others.listeners());
    all.add(
        IntakeStatus.ListenerStatus.of(
            STREAM, STREAM, IntakeStatus.Bound.of("127.0.0.1", 0, "listening"), 0, counters, ""));
    return new IntakeStatus(
        all,
        others.routes(),
        others.sources(),
        others.gate(),
        others.freeBatches(),
        others.batches());
  }

  /** RFC 5424: facility 13 (audit), severity 5 (notice). */
  static String message(Instant now, String job, Source.Device device, List<String> lines) {
    String text =
        String.join(" | ", lines.stream().limit(MAX_LINES).map(DeviceEvents::plain).toList());
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    return "<109>1 "
        + now
        + " "
        + device.host()
        + " emanet - device-config-changed - "
        + device.device()
        + " "
        + device.address()
        + " configuration changed, seen as "
        + device.user()
        + " by job \""
        + plain(job)
        + "\", "
        + lines.size()
        + " lines: "
        + cut;
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
