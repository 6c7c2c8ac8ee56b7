package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys are found whatever the case; keys that cannot be told apart are refused at once. */
class KeyTableTest {

  private static String find(KeyTable<String> table, String text) {
    byte[] bytes = Ascii.of(text);
    return String.valueOf(table.find(bytes, 0, bytes.length));
  }

  @Test
  void findsKeysInAnyCaseAndNothingElse() {
    KeyTable<String> table = new KeyTable<>(Map.of("srcip", "a", "dst.port", "b"));

    assertThat(find(table, "SRCIP")).isEqualTo("a");
    assertThat(find(table, "dst.port")).isEqualTo("b");
    assertThat(find(table, "srcit")).isEqualTo("null");
  }

  @Test
  void refusesKeysThatDifferOnlyInTheMiddle() {
    Map<String, String> twins =
        Map.of("KEA_DHCP_V4_LEASE_RECLAIM", "four", "KEA_DHCP_V6_LEASE_RECLAIM", "six");

    assertThatThrownBy(() -> new KeyTable<>(twins))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same length");
  }
}
