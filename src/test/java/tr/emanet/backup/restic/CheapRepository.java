package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import tr.emanet.backup.LocalTarget;

/** A repository whose password costs little to try, for tests that open it often. */
public final class CheapRepository {

  private static final KeyFile.Cost CHEAP = new KeyFile.Cost(1 << 10, 8, 1);

  private CheapRepository() {}

  /** Makes one in a directory that is not there. */
  public static void make(Path place, byte[] password, Instant now) throws IOException {
    Repository.init(
            new LocalTarget(place),
            password,
            new SecureRandom(),
            Origin.ofThisProcess(),
            now,
            CHEAP)
        .close();
  }
}
