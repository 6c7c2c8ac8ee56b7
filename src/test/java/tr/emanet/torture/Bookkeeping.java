package tr.emanet.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the books of the rounds with what the service shows through its API. Before it judges,
 * it lets the service catch up: a last MQTT line is sent and must be found, which means that the
 * broker has handed out everything before it.
 */
final class Bookkeeping {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The channel of the last lines; no load uses it. */
  private static final String LAST = "m9";

  private final List<Ledger> open = new ArrayList<>();
  private final List<Ledger> settled = new ArrayList<>();
  private final Duration patience;
  private Verdict sum = Verdict.NOTHING;
  private int lasts;

  Bookkeeping() {
    this(PATIENCE);
  }

  /**
   * As above.
   *
   * @param patience how long something missing may take to appear
   */
  Bookkeeping(Duration patience) {
    this.patience = patience;
  }

  /** Takes the books of a round that is over but not yet compared. */
  void add(Ledger ledger) {
    open.add(ledger);
  }

  /** All rounds compared so far. */
  Verdict sum() {
    return sum;
  }

  /**
   * Compares every open ledger; the service must be running undisturbed.
   *
   * @param whole whether nothing was killed, so that TCP lines must be there to the last
   */
  Verdict settle(Emanet emanet, int mqttPort, boolean whole)
      throws IOException, InterruptedException {
    Verdict now = Verdict.NOTHING;
    if (open.isEmpty()) {
      return now;
    }
    handedOut(emanet, mqttPort);
    for (Ledger ledger : open) {
      now = now.plus(judge(emanet.api(), ledger, whole));
    }
    settled.addAll(open);
    open.clear();
    sum = sum.plus(now);
    return now;
  }

  /** Returns when the broker has nothing more for the service and all of it can be found. */
  private void handedOut(Emanet emanet, int mqttPort) throws IOException, InterruptedException {
    Ledger mark = new Ledger(open.getFirst().token() + "last" + ++lasts);
    MqttLoad.publishOne(mqttPort, mark, LAST, 1);
    Wait.until(
        "the last MQTT line is found" + emanet.tail(),
        PATIENCE,
        () -> !emanet.api().events(mark.token()).isEmpty());
    Balance.settled(emanet.api());
    settled.add(mark);
  }

  private Verdict judge(Api api, Ledger ledger, boolean whole)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Verdict verdict = compare(ledger, api.events(ledger.token()), whole);
      if (!verdict.incomplete() || System.nanoTime() > end) {
        return verdict;
      }
      Thread.sleep(Duration.ofMillis(250));
    }
  }

  /** Compares all rounds once more, by one listing of everything the harness ever sent. */
  Verdict compareAll(List<JsonNode> events) {
    Map<String, List<JsonNode>> byToken = new HashMap<>();
    for (JsonNode event : events) {
      if (halfFrame(event)) {
        continue;
      }
      String token = line(event).map(Line::token).orElse("");
      byToken.computeIfAbsent(token, t -> new ArrayList<>()).add(event);
    }
    Verdict all = Verdict.NOTHING;
    for (Ledger ledger : settled) {
      List<JsonNode> own = byToken.remove(ledger.token());
      all = all.plus(compare(ledger, own == null ? List.of() : own, false));
    }
    int nobodys = byToken.values().stream().mapToInt(List::size).sum();
    return nobodys == 0
        ? all
        : all.plus(
            new Verdict(
                0,
                0,
                nobodys,
                0,
                0,
                0,
                nobodys,
                0,
                0,
                List.of("of no round: " + byToken.keySet())));
  }

  /** Compares one ledger with the events of its round. */
  static Verdict compare(Ledger ledger, List<JsonNode> events, boolean whole) {
    List<Line> lines = new ArrayList<>(events.size());
    int altered = 0;
    for (JsonNode event : events) {
      Optional<Line> line = line(event);
      if (line.isPresent() && line.get().token().equals(ledger.token())) {
        lines.add(line.get());
      } else if (!halfFrame(event)) {
        altered++;
      }
    }
    return ledger.compare(lines, altered, whole);
  }

  /**
   * Whether a connection ended inside this line, which the service then keeps and says so: a stop
   * while a sender writes.
   */
  private static boolean halfFrame(JsonNode event) {
    return event.path("emanet.flags").asText("").contains("incomplete") && line(event).isEmpty();
  }

  /** The line in an event's message. */
  private static Optional<Line> line(JsonNode event) {
    return Line.in(event.path("message").asText(""));
  }
}
