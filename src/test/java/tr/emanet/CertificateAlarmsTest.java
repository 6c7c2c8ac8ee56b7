package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.archive.SealKeyFact;
import tr.emanet.crypto.TestAuthority;

class CertificateAlarmsTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");

  private static X509Certificate certificate;

  @BeforeAll
  static void issues() throws Exception {
    certificate =
        new TestAuthority("Test root", BEGIN)
            .issue(wish -> wish.subject("CN=Escrow one").between(BEGIN, END))
            .certificate();
  }

  private static List<Condition> left(Duration time, String use) {
    return CertificateAlarms.of(List.of(new SealKeyFact(use, certificate)), END.minus(time));
  }

  @Test
  void saysNothingWhileThereIsTime() {
    assertThat(left(Duration.ofDays(61), "seal")).isEmpty();
  }

  @Test
  void isAnAlarmOfItsOwnAtEachStepAndWorseThanTheOneBefore() {
    List<Condition> all =
        List.of(
            left(Duration.ofDays(59), "seal").getFirst(),
            left(Duration.ofDays(29), "seal").getFirst(),
            left(Duration.ofDays(6), "seal").getFirst(),
            left(Duration.ofSeconds(-1), "seal").getFirst());

    assertThat(all)
        .extracting(Condition::severity)
        .containsExactly(Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL);
    assertThat(all).extracting(Condition::key).doesNotHaveDuplicates();
    assertThat(left(Duration.ofDays(28), "seal").getFirst().key()).isEqualTo(all.get(1).key());
  }

  @Test
  void namesWhatTheCertificateIsForAndWhenItEnds() {
    for (String use : List.of("stamp", "stamp-root", "person-root", CertificateAlarms.ESCROW)) {
      Condition found = left(Duration.ofDays(3), use).getFirst();

      assertThat(found.facts())
          .containsEntry(Facts.REASON, "certificate-" + use)
          .containsEntry(Facts.DETAIL, "2026-11-22T12:00:00Z, CN=Escrow one");
    }
  }

  @Test
  void letsAKeyEndThatSignsNoLonger() {
    assertThat(left(Duration.ZERO, "former")).isEmpty();
  }
}
