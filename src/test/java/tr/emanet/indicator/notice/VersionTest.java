package tr.emanet.indicator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.AssetKind;
import tr.emanet.asset.Criticality;
import tr.emanet.asset.Inventory;
import tr.emanet.asset.Network;
import tr.emanet.asset.Product;

class VersionTest {

  private static Version version(String text) {
    return Version.read(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "7.4.3, <, 7.4.4",
    "7.4.9, <, 7.4.10",
    "7.4, =, 7.4.0",
    "7.4.0.0, =, 7.4",
    "7.4, <, 7.4.1",
    "7.04.3, =, 7.4.3",
    "v7.4.3, =, 7.4.3",
    "10.0, >, 9.9.9",
    "1.1.1k, >, 1.1.1",
    "1.1.1k, <, 1.1.1l",
    "1.1.1k, <, 1.1.2",
    "8.5p1, >, 8.5",
    "8.5p2, >, 8.5p1",
    "9.0.0-M1, <, 9.0.0",
    "9.0.0-rc2, <, 9.0.0",
    "9.0.0-rc2, >, 9.0.0-rc1",
    "9.0.0-beta1, <, 9.0.0-rc1",
    "9.0.0-alpha, <, 9.0.0-beta",
    "2.0-SNAPSHOT, <, 2.0",
    "1.0+build7, =, 1.0+build9",
    "15.1(2)T3, >, 15.1(2)T2",
    "15.1(2)T3, <, 15.1(4)M",
    "120.0.6099.109, <, 120.0.6099.129",
    "20260101, <, 20260102",
    "99999999999999999999999, >, 1",
    "1.0.0a, <, 1.0.0.1",
  })
  void comparesAsVendorsCount(String a, char sign, String b) {
    int order = version(a).compareTo(version(b));

    assertThat(order < 0 ? '<' : order > 0 ? '>' : '=').isEqualTo(sign);
    assertThat(Integer.signum(version(b).compareTo(version(a)))).isEqualTo(-Integer.signum(order));
    assertThat(version(a).equals(version(b))).isEqualTo(sign == '=');
    if (sign == '=') {
      assertThat(version(a)).hasSameHashCodeAs(version(b));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "güncel", "-", "x.1", "1.0 beta 2"})
  void readsNoVersionWhereThereIsNone(String text) {
    assertThat(Version.read(text)).isEmpty();
  }

  private static List<Finding> match(String version, String text) {
    AssetEntry asset =
        new AssetEntry(
            Network.read("10.1.1.1").orElseThrow(),
            "fw",
            AssetKind.NETWORK,
            "",
            "",
            Criticality.HIGH,
            List.of(
                new Product("Fortinet", "FortiOS", version),
                new Product("Acme", "Unrelated Thing", "1")));
    return new NoticeMatcher(new ProductIndex(Inventory.of(1, List.of(asset))))
        .match("Fortinet FortiOS Güvenlik Bildirimi", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "FortiOS 7.4.4 öncesi sürümler etkilenmektedir. | 7.4.3 | in",
        "FortiOS 7.4.4 öncesi sürümler etkilenmektedir. | 7.4.4 | out",
        "FortiOS 7.4.4 ve öncesi sürümler etkilenmektedir. | 7.4.4 | in",
        "FortiOS 7.4.4 ve öncesi sürümler etkilenmektedir. | 7.4.5 | out",
        "FortiOS’un 7.4.4 sürümünden önceki sürümleri | 7.4.3 | in",
        "FortiOS'un 7.4.4 sürümünden önceki sürümleri | 7.4.4 | out",
        "FortiOS 7.4.4'ten eski sürümler | 7.2.0 | in",
        "FortiOS 7.4.4 ve daha eski sürümler | 7.4.4 | in",
        "FortiOS 7.4.4 ve altı | 7.4.4 | in",
        "FortiOS before 7.4.4 | 7.4.3 | in",
        "FortiOS before 7.4.4 | 7.4.4 | out",
        "FortiOS versions prior to 7.4.4 are affected. | 7.4.4 | out",
        "FortiOS 7.4.4 and earlier | 7.4.4 | in",
        "FortiOS version 7.4.4 and below | 7.4.4 | in",
        "FortiOS up to 7.4.4 | 7.4.4 | in",
        "FortiOS 7.4.0 through 7.4.4 | 7.4.2 | in",
        "FortiOS 7.4.0 through 7.4.4 | 7.4.4 | in",
        "FortiOS 7.4.0 through 7.4.4 | 7.2.9 | out",
        "FortiOS version 7.4.0 to 7.4.4 | 7.4.5 | out",
        "FortiOS 7.4.0 - 7.4.4 | 7.4.0 | in",
        "FortiOS 7.4.0-7.4.4 | 7.4.4 | in",
        "FortiOS 7.4.0 – 7.4.4 | 7.4.4 | in",
        "FortiOS 7.4.0 ile 7.4.4 arası sürümler | 7.4.3 | in",
        "FortiOS 7.4.0 ile 7.4.4 arasındaki sürümler | 7.6.0 | out",
        "FortiOS 7.4.0 ve 7.4.4 arasındaki sürümler | 7.4.2 | in",
        "FortiOS 7.4.0'dan 7.4.4'e kadar | 7.4.2 | in",
        "between FortiOS 7.4.0 and 7.4.4 | 7.4.4 | in",
        "FortiOS from 7.4.0 before 7.4.4 | 7.4.4 | out",
        "FortiOS from 7.4.0 before 7.4.4 | 7.4.3 | in",
        "FortiOS < 7.4.4 | 7.4.3 | in",
        "FortiOS < 7.4.4 | 7.4.4 | out",
        "FortiOS <= 7.4.4 | 7.4.4 | in",
        "FortiOS >= 7.4.0, < 7.4.4 | 7.2.0 | out",
        "FortiOS >= 7.4.0, < 7.4.4 | 7.4.1 | in",
        "FortiOS >= 7.4.0 and < 7.4.4 | 7.4.4 | out",
        "FortiOS 7.4.x | 7.4.9 | in",
        "FortiOS 7.4.x | 7.6.0 | out",
        "FortiOS 7.4.x öncesi | 7.4.0 | out",
        "FortiOS 7.4.x öncesi | 7.2.9 | in",
        "FortiOS 7.4.x ve öncesi | 7.4.9 | in",
        "FortiOS 6.4.x, 7.0.0 - 7.0.13 ve 7.2.0 - 7.2.6 | 7.0.14 | out",
        "FortiOS 6.4.x, 7.0.0 - 7.0.13 ve 7.2.0 - 7.2.6 | 7.2.3 | in",
        "FortiOS 6.4.x, 7.0.0 - 7.0.13 ve 7.2.0 - 7.2.6 | 6.4.2 | in",
        "FortiOS 7.4.3 | 7.4.3 | in",
        "FortiOS 7.4.3 | 7.4.2 | out",
        "FortiOS 7.4.2 ve 7.4.3 sürümleri | 7.4.3 | in",
        "FortiOS 7.4.2 ve 7.4.3 sürümleri | 7.4.1 | out",
        "FortiOS 7.4 | 7.4.3 | perhaps",
        "FortiOS 7.4.4 öncesi | 7.4 | perhaps",
        "FortiOS 7.4.4 öncesi | 7 | perhaps",
        "FortiOS 8.0 öncesi | 7 | in",
        "FortiOS 7.0 ve üzeri | 7.4.3 | in",
        "FortiOS 7.0 and later | 6.4 | out",
        "FortiOS işletim sisteminde tespit edilen zafiyet 7.4.4 öncesi sürümleri etkiler. | 7.4.3 |"
            + " in",
        "FortiOS 7.4.4 öncesi etkilenir. 7.4.4 ve üzeri sürümlere yükseltiniz. | 7.6.0 | out",
        "FortiOS 7.4.4 öncesi etkilenir. Zafiyet 7.4.5 sürümünde giderilmiştir. | 7.4.5 | out",
        "FortiOS 7.4.4 öncesi. FortiProxy 7.6.0 öncesi. | 7.5.0 | out",
        "FortiOS 7.4.4 öncesi; yayın tarihi 22.11.2026 | 7.6.0 | out",
        "FortiOS 7.4.4 öncesi, CVE-2026-12345, CVSS 9.8 | 9.8 | out",
        "FortiOS 7.6.1 sürümü etkilenmemektedir, 7.4.4 öncesi etkilenir | 7.6.1 | none",
        "FortiOS ürününde zafiyet var. | 7.4.3 | none",
        "FortiOS 7.4.4 öncesi | bilinmiyor | unknown",
      })
  void readsRangesOfANotice(String text, String installed, String expected) {
    List<Finding> found = match(installed, text);

    switch (expected) {
      case "in" -> {
        assertThat(found).extracting(Finding::confidence).containsExactly(Confidence.HIGH);
        assertThat(found.getFirst().reason()).isEqualTo(Finding.Reason.EXACT);
        assertThat(found.getFirst().quote()).isNotEmpty();
      }
      case "out" -> assertThat(found).isEmpty();
      default -> {
        assertThat(found).extracting(Finding::confidence).containsExactly(Confidence.MEDIUM);
        assertThat(found.getFirst().reason())
            .isEqualTo(
                switch (expected) {
                  case "perhaps" -> Finding.Reason.PERHAPS;
                  case "unknown" -> Finding.Reason.VERSION_UNKNOWN;
                  default -> Finding.Reason.NO_VERSIONS;
                });
      }
    }
  }

  @Test
  void quotesTheVersionsAsTheNoticeStatesThem() {
    assertThat(match("7.4.2", "FortiOS 7.4.0 ile 7.4.4 arasındaki sürümler").getFirst().quote())
        .isEqualTo("7.4.0 ile 7.4.4 arasındaki");
    assertThat(match("7.4.2", "FortiOS versions prior to 7.4.4.").getFirst().quote())
        .isEqualTo("prior to 7.4.4");
    assertThat(match("7.4.2", "FortiOS 7.4.4 ve öncesi sürümler").getFirst().quote())
        .isEqualTo("7.4.4 ve öncesi");
  }
}
