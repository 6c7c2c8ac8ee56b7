package tr.emanet.backup.recover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.plan.Repositories;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;

/** Opens the one repository of a test, whose large reads pass a gate. */
record OneRepository(GatedTarget.Gate gate) implements Repositories {

  private static final byte[] PASSWORD = "parola".getBytes(StandardCharsets.UTF_8);

  private static Origin origin() {
    return new Origin("dosya02", "emanet", ProcessHandle.current().pid(), 0, 0);
  }

  static Repository init(Path place, Instant now) throws IOException {
    return Repository.init(new LocalTarget(place), PASSWORD, new SecureRandom(), origin(), now);
  }

  @Override
  public Repository open(String address) throws IOException {
    return Repository.open(
        new GatedTarget(new LocalTarget(Path.of(address)), gate),
        PASSWORD,
        new SecureRandom(),
        origin());
  }

  @Override
  public String notReady(String address) {
    return "";
  }

  @Override
  public boolean escrowed() {
    return true;
  }

  @Override
  public void addEscrow(String name, byte[] certificate) {
    throw new IllegalStateException("no escrow in this test");
  }
}
