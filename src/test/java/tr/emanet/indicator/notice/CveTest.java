package tr.emanet.indicator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.indicator.usom.NoticeText;

class CveTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(CVE-2026-10001) zafiyeti | CVE-2026-10001",
        "cve-2026-10001'in ve CVE-2026-10001 | CVE-2026-10001",
        "CVE-2026-10002, CVE-2025-0001 | CVE-2025-0001 CVE-2026-10002",
        "CVE‑2026‑10001 (bölünmez) | CVE-2026-10001",
        "CVE – 2026 – 10001 | CVE-2026-10001",
        "CVE−2026−10001 | CVE-2026-10001",
        "CVE-2026-1234567 | CVE-2026-1234567",
        "CVE-2026-12345678 | ''",
        "CVE-2026-123 | ''",
        "CVE-1826-12345 | ''",
        "XCVE-2026-12345 | ''",
        "CVE-2026-12345a | ''",
        "CVE 2026 12345 | ''",
        "CVE-२०२६-12345 | ''",
      })
  void findsExactlyTheIds(String text, String ids) {
    assertThat(NoticeText.cves(text)).isEqualTo(ids);
  }
}
