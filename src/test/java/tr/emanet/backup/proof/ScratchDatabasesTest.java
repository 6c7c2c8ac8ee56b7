package tr.emanet.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tr.emanet.backup.proof.DatabaseProof.Line;
import tr.emanet.backup.source.RowCounts;

class ScratchDatabasesTest {

  @Test
  void givesTheRowsThatWereFoundAndNotThoseThatWereExpected() {
    List<Line> lines =
        compared(counts(table("a", 3L), table("b", 4L)), table("b", 4L), table("a", 3L));

    assertThat(lines).containsExactly(new Line("ebys", "", 7, 7, ""));
    assertThat(lines.getFirst().good()).isTrue();
  }

  @Test
  void failsWhenACountedTableHasNoCountOrAnotherAfterwardsOrIsGone() {
    List<Line> lines =
        compared(
            counts(table("a", 3L), table("b", 4L), table("c", 5L), table("d", 1L)),
            table("a", null),
            table("b", 2L),
            table("d", 1L),
            table("e", 9L));

    assertThat(lines)
        .containsExactly(
            new Line("ebys", "", 13, 3, "4 tables differ"),
            new Line("ebys", "public.a", 3, -1, "its rows were not counted after the restore"),
            new Line("ebys", "public.b", 4, 2, "the rows differ"),
            new Line("ebys", "public.c", 5, -1, "the table did not come back"),
            new Line("ebys", "public.e", -1, 9, "the table was not there at the backup"));
    assertThat(lines).noneMatch(Line::good);
  }

  @Test
  void namesATableThatNobodyCountedAndFailsWhenThatIsAllOfThem() {
    List<Line> some =
        compared(counts(table("a", 3L), table("b", null)), table("a", 3L), table("b", 8L));
    List<Line> none = compared(counts(table("b", null)), table("b", 8L));

    assertThat(some)
        .containsExactly(new Line("ebys", "", 3, 3, ""), new Line("ebys", "public.b", -1, 8, ""));
    assertThat(some).allMatch(Line::good);
    assertThat(none.getFirst().good()).isFalse();
    assertThat(none.getFirst().problem()).contains("nothing is compared");
  }

  @Test
  void failsWhenAnUncountedTableDidNotComeBack() {
    List<Line> lines = compared(counts(table("a", 3L), table("b", null)), table("a", 3L));

    assertThat(lines).contains(new Line("ebys", "public.b", -1, -1, "the table did not come back"));
  }

  private static RowCounts.Table table(String name, @Nullable Long rows) {
    return new RowCounts.Table("public", name, rows);
  }

  private static RowCounts counts(RowCounts.Table... tables) {
    return new RowCounts("mariadb", "ebys", "1", Instant.EPOCH, List.of(tables));
  }

  private static List<Line> compared(RowCounts before, RowCounts.Table... after) {
    return ScratchDatabases.compared(before, counts(after));
  }
}
