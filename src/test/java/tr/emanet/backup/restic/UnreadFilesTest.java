package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnreadFilesTest {

  private static UnreadFiles met(List<String> names) {
    UnreadFiles unread = new UnreadFiles();
    names.forEach(name -> unread.add(Path.of("/belge", name), "izin yok"));
    return unread;
  }

  @Test
  void countsAllAndKeepsTheFirstWhateverTheOrder() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < UnreadFiles.KEPT + 700; i++) {
      names.add(String.format(Locale.ROOT, "dosya-%06d", i));
    }
    UnreadFiles inOrder = met(names);
    Collections.shuffle(names, new Random(7));

    UnreadFiles shuffled = met(names);

    assertThat(shuffled.count()).isEqualTo(UnreadFiles.KEPT + 700);
    assertThat(shuffled.first()).hasSize(UnreadFiles.KEPT).isEqualTo(inOrder.first());
    assertThat(shuffled.first().getFirst().path()).isEqualTo("/belge/dosya-000000");
  }

  @Test
  void writesANameWithALineFeedOnOneLine() {
    UnreadFiles unread = met(List.of("iki\nsatır"));

    assertThat(unread.first())
        .containsExactly(new BackupRun.Unread("/belge/iki\\nsatır", "izin yok"));
  }
}
