package tr.emanet.indicator.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tr.emanet.alert.Severity;

/** Lists as configured. */
class ListSpecTest {

  @Test
  void fillsInWhatIsLeftOut() {
    ListSpec spec = new ListSpec("usom-ip", "address", "usom, sektor", null, null, null, null);

    assertThat(ListSpec.problems(List.of(spec), Set.of("usom", "sektor"))).isEmpty();
    assertThat(spec.list())
        .isEqualTo(
            new BlockList(
                "usom-ip",
                ListKind.ADDRESS,
                Set.of("usom", "sektor"),
                131_072,
                Severity.LOW,
                50,
                false));
  }

  @Test
  void tellsEveryMistakeAtOnce() {
    List<ListSpec> specs =
        List.of(
            new ListSpec("A b", "adres", "yok", "0", "orta", "101", "evet"),
            new ListSpec("ad", "domain", null, "500000", "high", "0", "true"),
            new ListSpec("ad", "url", null, "1", null, null, "false"));

    assertThat(ListSpec.problems(specs, Set.of("usom")))
        .extracting(ListSpec.Problem::key)
        .containsExactly(
            "lists[0].name",
            "lists[0].kind",
            "lists[0].feeds",
            "lists[0].maxEntries",
            "lists[0].minSeverity",
            "lists[0].minConfidence",
            "lists[0].includeReports",
            "lists[2].name");
  }
}
