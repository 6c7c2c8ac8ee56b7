package tr.emanet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoreDumpsTest {

  @Test
  void areOffForThisProcess() throws Exception {
    CoreDumps.off();

    String limits = Files.readString(Path.of("/proc/self/limits"), StandardCharsets.US_ASCII);

    assertThat(limits).containsPattern("Max core file size +0 +0 +bytes");
  }

  @Test
  void areOffForWhateverAScriptStarts() throws Exception {
    Process shell =
        new ProcessBuilder(
                "/bin/bash",
                "-c",
                "ulimit -c unlimited; . packaging/common.sh; ulimit -H -c; ulimit -c")
            .redirectErrorStream(true)
            .start();
    shell.getOutputStream().close();

    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).isZero();
    assertThat(said.lines().toList().reversed().subList(0, 2)).containsExactly("0", "0");
  }
}
