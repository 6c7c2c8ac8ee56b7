package tr.emanet.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTableTest {

  private static final String TABLE =
      """
      22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      23 22 0:21 / /proc rw,nosuid - proc proc rw
      30 22 8:17 / /mnt/yedek rw - ext4 /dev/sdb1 rw
      31 22 8:1 /srv/Fen\\040\\304\\260\\305\\237leri /mnt/fen rw - ext4 /dev/sda1 rw
      32 22 8:17 /depo /srv/veri/depo rw - ext4 /dev/sdb1 rw
      33 22 0:4 net:[4026532008] /run/netns/a rw - nsfs nsfs rw
      """;

  @Test
  void namesAPlaceByEveryMountThatShowsIt() {
    MountTable table = MountTable.parse(TABLE);

    assertThat(table.names(Path.of("/mnt/fen/depo")))
        .containsExactly(Path.of("/mnt/fen/depo"), Path.of("/srv/Fen İşleri/depo"));
    assertThat(table.names(Path.of("/srv/Fen İşleri")))
        .containsExactly(Path.of("/srv/Fen İşleri"), Path.of("/mnt/fen"));
    assertThat(table.names(Path.of("/mnt/yedek/depo/a")))
        .containsExactly(Path.of("/mnt/yedek/depo/a"), Path.of("/srv/veri/depo/a"));
    assertThat(table.names(Path.of("/home/x"))).containsExactly(Path.of("/home/x"));
    assertThat(MountTable.parse("").names(Path.of("/a"))).containsExactly(Path.of("/a"));
  }

  @Test
  void readsTheTableOfThisMachine() throws Exception {
    assertThat(MountTable.now().names(Path.of("/proc/self"))).contains(Path.of("/proc/self"));
  }

  @Test
  void resolvesLinksAboveWhatDoesNotExistYet(@TempDir Path place) throws Exception {
    Path real = Files.createDirectory(place.toRealPath().resolve("kaynak"));
    Files.createSymbolicLink(place.resolve("bağ"), real);

    assertThat(MountTable.real(place.resolve("bağ/yeni/depo")))
        .isEqualTo(real.resolve("yeni/depo"));
    assertThat(MountTable.real(Path.of("/../yok/../a"))).isEqualTo(Path.of("/a"));
  }
}
