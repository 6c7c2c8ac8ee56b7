package tr.emanet.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.store.StoreException;

class WitnessesTest {

  @TempDir Path state;

  private static Witnesses witnesses(SealRig rig, Witness... all) {
    return new Witnesses(
        List.of(all), new WitnessStore(rig.database), rig.store(), rig.paths(), rig.nanos::get);
  }

  @Test
  void handsOverEverythingAfterTheOtherSideWasAway() throws IOException, StoreException {
    Path share = state.resolve("share");
    try (SealRig rig = new SealRig(Files.createDirectory(state.resolve("state")))) {
      Witnesses witnesses = witnesses(rig, new DirectoryWitness(share));
      rig.sealer().step(null);
      witnesses.hand();
      rig.sealer().step(Checkpoint.Cause.ASKED);
      rig.sealer().step(Checkpoint.Cause.ASKED);
      witnesses.hand();
      assertThat(witnesses.status().getFirst().failures()).isEqualTo(1);
      rig.pass(Duration.ofSeconds(10));
      witnesses.hand();
      assertThat(witnesses.status().getFirst().failures()).isEqualTo(2);
      assertThat(witnesses.status().getFirst().problem()).contains("mount or make it");

      Files.createDirectory(share);
      rig.pass(Duration.ofSeconds(20));
      witnesses.hand();

      assertThat(witnesses.status().getFirst().waiting()).isZero();
      assertThat(witnesses.status().getFirst().problem()).isEmpty();
      for (long number = 1; number <= 3; number++) {
        Path statement = rig.paths().checkpoint(rig.paths().day(rig.now()), number);
        Path copy = share.resolve(String.valueOf(statement.getFileName()));
        assertThat(copy).hasSameBinaryContentAs(statement);
        assertThat(SealPaths.signature(copy)).exists();
      }
    }
  }

  @Test
  void sendsOneLineToSyslog() throws IOException, StoreException {
    try (SealRig rig = new SealRig(state);
        DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(10_000);
      Witness syslog = new SyslogWitness("127.0.0.1", server.getLocalPort(), false, "kale");
      rig.sealer().step(null);

      witnesses(rig, syslog).hand();

      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      server.receive(packet);
      String line = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
      assertThat(line)
          .isEqualTo(
              "<109>1 2026-11-22T18:00:00Z kale emanet - checkpoint - emanet-checkpoint 1"
                  + " 2026-11-22T18:00:00.000000Z "
                  + rig.store().last().digest());
    }
  }
}
