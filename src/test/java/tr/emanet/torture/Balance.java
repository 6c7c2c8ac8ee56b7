package tr.emanet.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The counters of the system page at one moment: received = parsed + unparsed + redelivered +
 * waiting + dropped.
 */
record Balance(
    long received, long parsed, long unparsed, long redelivered, long waiting, long dropped) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Reads the counters from {@code /api/v1/status}. */
  static Balance of(JsonNode status) throws IOException {
    JsonNode balance = status.path("balance");
    if (!balance.isObject()) {
      throw new IOException("the status has no balance: " + status);
    }
    return new Balance(
        number(balance, "received"),
        number(balance, "parsed"),
        number(balance, "unparsed"),
        number(balance, "redelivered"),
        number(balance, "waiting"),
        number(balance, "dropped"));
  }

  private static long number(JsonNode balance, String name) throws IOException {
    JsonNode value = balance.path(name);
    if (value.isNumber()) {
      return value.asLong();
    }
    if (value.isObject()) {
      long sum = 0;
      for (JsonNode part : value) {
        sum += part.asLong();
      }
      return sum;
    }
    throw new IOException("the balance has no " + name + ": " + balance);
  }

  boolean holds() {
    return received == parsed + unparsed + redelivered + waiting + dropped;
  }

  /** Waits until nothing waits any more and the counters balance; an error when they do not. */
  static Balance settled(Api api) throws IOException, InterruptedException {
    AtomicReference<Balance> last = new AtomicReference<>();
    boolean settled =
        Wait.within(
            PATIENCE,
            () -> {
              Balance now = of(api.status());
              last.set(now);
              return now.waiting == 0 && now.holds();
            });
    Balance now = last.get();
    if (!settled || now == null) {
      throw new IOException("the counters do not balance at rest: " + now);
    }
    return now;
  }
}
