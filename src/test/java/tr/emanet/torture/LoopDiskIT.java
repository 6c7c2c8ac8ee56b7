package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopDiskIT {

  @TempDir private Path directory;

  @Test
  void keepsWhatWasForcedAndForgetsTheRest() throws Exception {
    Optional<String> reason = LoopDisk.unavailable(directory);
    assumeTrue(reason.isEmpty(), reason.orElse(""));
    try (LoopDisk disk = LoopDisk.create(directory, 64L << 20)) {
      Path forced = disk.mount().resolve("forced");
      try (FileChannel file =
              FileChannel.open(forced, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileChannel folder = FileChannel.open(disk.mount())) {
        file.write(ByteBuffer.wrap(new byte[1000]));
        file.force(true);
        folder.force(true);
        file.write(ByteBuffer.wrap(new byte[1000]));
        Files.write(disk.mount().resolve("unforced"), new byte[10]);

        disk.cut();

        assertThatThrownBy(() -> file.force(true)).isInstanceOf(IOException.class);
      }
      disk.remount();

      assertThat(Files.size(forced)).isEqualTo(1000);
      assertThat(disk.mount().resolve("unforced")).doesNotExist();
    }
  }

  @Test
  void leavesNothingBehind() throws Exception {
    Optional<String> reason = LoopDisk.unavailable(directory);
    assumeTrue(reason.isEmpty(), reason.orElse(""));
    LoopDisk disk = LoopDisk.create(directory, 64L << 20);

    disk.close();

    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
    try (var left = Files.list(directory)) {
      assertThat(left.filter(p -> !p.endsWith("probe"))).isEmpty();
    }
  }
}
