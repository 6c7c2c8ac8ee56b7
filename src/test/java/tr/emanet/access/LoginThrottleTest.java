package tr.emanet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  private Instant now = Instant.parse("2026-11-22T08:00:00Z");
  private final Notebook notebook = new Notebook();
  private final LoginThrottle throttle = new LoginThrottle(() -> now, notebook);

  /** Keeps in memory what the store keeps on disk. */
  private static final class Notebook implements LoginThrottle.Keeper {
    private final Map<String, LoginThrottle.Count> counts = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    @Override
    public LoginThrottle.Kept load(Instant after, int most, int mostKnown) {
      return new LoginThrottle.Kept(List.copyOf(counts.entrySet()), List.copyOf(known));
    }

    @Override
    public void keep(List<Map.Entry<String, LoginThrottle.Count>> changed, List<String> gone) {
      changed.forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
      gone.forEach(counts::remove);
    }

    @Override
    public void keepKnown(String key, Instant at) {
      known.add(key);
    }

    @Override
    public String name(String key) {
      return key;
    }
  }

  private Duration fail(String account, String address) {
    return throttle.attempt(account, address);
  }

  @Test
  void delaysMoreAndMoreAfterThreeFailures() {
    for (int i = 0; i < 3; i++) {
      assertThat(fail("ayse", "10.0.0.1")).isZero();
    }
    assertThat(fail("ayse", "10.0.0.1")).isZero();
    assertThat(fail("ayse", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
    now = now.plusSeconds(1);
    assertThat(fail("ayse", "10.0.0.1")).isZero();
    assertThat(fail("ayse", "10.0.0.1")).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void neverDelaysMoreThanAQuarterOfAnHour() {
    for (int i = 0; i < 40; i++) {
      assertThat(fail("ayse", "10.0.0.1")).isZero();
      now = now.plus(Duration.ofMinutes(15));
    }
    assertThat(fail("ayse", "10.0.0.1")).isZero();
    assertThat(fail("ayse", "10.0.0.1")).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void doesNotLockAPersonOutWhomOthersAttack() {
    throttle.attempt("ayse", "10.0.0.7");
    throttle.succeeded("ayse", "10.0.0.7");
    for (int i = 0; i < 500; i++) {
      Duration unused = fail("ayse", "203.0.113." + i % 250);
      assertThat(unused).isLessThanOrEqualTo(Duration.ofMinutes(15));
      now = now.plusMillis(100);
    }

    assertThat(fail("ayse", "10.0.0.7")).isZero();
    assertThat(fail("ayse", "10.0.0.8")).isLessThanOrEqualTo(Duration.ofSeconds(4));
    assertThat(fail("mehmet", "10.0.0.8")).isZero();
  }

  @Test
  void slowsOneAddressThatTriesManyNames() {
    for (int i = 0; i < 11; i++) {
      assertThat(fail("n" + i, "10.0.0.1")).isZero();
    }
    assertThat(fail("n11", "10.0.0.1")).isPositive();
    assertThat(fail("n11", "10.0.0.2")).isZero();
  }

  @Test
  void countsAWholeIpv6NetworkAsOneAddress() {
    for (int i = 0; i < 11; i++) {
      assertThat(fail("n" + i, "2001:db8::" + i)).isZero();
    }
    assertThat(fail("x", "2001:db8::ffff")).isPositive();
    assertThat(fail("x", "2001:db8:0:1::1")).isZero();
  }

  @Test
  void letsARightPasswordNotPayForManyGuesses() {
    for (int i = 0; i < 10; i++) {
      assertThat(fail("n" + i, "10.0.0.1")).isZero();
    }
    assertThat(fail("mine", "10.0.0.1")).isZero();
    throttle.succeeded("mine", "10.0.0.1");
    assertThat(fail("n10", "10.0.0.1")).isZero();
    assertThat(fail("n11", "10.0.0.1")).isPositive();
  }

  @Test
  void forgetsAfterAnHour() {
    for (int i = 0; i < 10; i++) {
      Duration unused = fail("ayse", "10.0.0.1");
      assertThat(unused).isNotNull();
    }
    now = now.plus(Duration.ofMinutes(61));

    assertThat(fail("ayse", "10.0.0.1")).isZero();
    assertThat(fail("ayse", "10.0.0.1")).isZero();
  }

  @Test
  void staysBounded() {
    for (int i = 0; i < 50_000; i++) {
      Duration unused = fail("n" + i, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
      assertThat(unused).isZero();
    }
    assertThat(throttle.size()).isLessThanOrEqualTo(20_000);
  }

  @Test
  void forgivesNothingByARestart() {
    for (int i = 0; i < 5; i++) {
      Duration unused = fail("ayse", "10.0.0.1");
      assertThat(unused).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
    throttle.attempt("veli", "10.0.0.9");
    throttle.succeeded("veli", "10.0.0.9");

    LoginThrottle next = new LoginThrottle(() -> now, notebook);

    assertThat(next.attempt("ayse", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
    assertThat(notebook.known).hasSize(1);
    assertThat(notebook.counts)
        .containsOnlyKeys("p:10.0.0.1 ayse", "a:10.0.0.1", "n:ayse", "a:10.0.0.9");
  }
}
