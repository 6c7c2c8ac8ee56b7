package tr.emanet.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnreadListTest {

  @Test
  void keepsTheFirstLines() {
    String list = UnreadList.of(IntStream.range(0, 600).mapToObj(i -> "/belge/" + i));

    assertThat(list.lines()).hasSize(UnreadList.LINES).last().isEqualTo("/belge/499");
    assertThat(list).doesNotEndWith("\n");
  }

  @Test
  void endsWithAWholeLine() {
    String list = UnreadList.of(Stream.generate(() -> "x".repeat(4_000)).limit(100));

    assertThat(list.length()).isLessThanOrEqualTo(UnreadList.CHARACTERS);
    assertThat(list.lines()).hasSize(12).allMatch(line -> line.length() == 4_000);
  }

  @Test
  void isEmptyWhereAllWasRead() {
    assertThat(UnreadList.of(Stream.of())).isEmpty();
  }
}
