package tr.emanet.backup.key;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.envelope.RecipientKey;

/**
 * A process of its own: backs up with a password from the envelope and dumps its live heap in the
 * middle (where the secrets must be, else the search is blind) and after the job.
 */
@SuppressWarnings("ReachabilityFenceUsage") // what must live is the point, not what must end
final class HeapProbe {

  /** Found in both dumps, so that the search of the second is known to work. */
  private static final byte[] CANARY =
      "the canary is always here".getBytes(StandardCharsets.US_ASCII);

  private HeapProbe() {}

  /** Arguments: directory of the keys, of the repository, of the source, of the dumps. */
  public static void main(String... args) throws IOException {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Path keysDir = Path.of(args[0]);
    Path dumps = Path.of(args[3]);
    RepositoryKeys keys =
        new RepositoryKeys(keysDir, null, new KeyRecordFile(keysDir, clock), random, clock);
    if (!(keys.readiness("belge") instanceof Readiness.Ready)) {
      throw new IllegalStateException(keys.readiness("belge").toString());
    }
    job(keys, args, random, clock);
    dump(dumps.resolve("after.hprof"));
    java.lang.ref.Reference.reachabilityFence(CANARY);
    java.lang.ref.Reference.reachabilityFence(keys);
  }

  /** In a frame of its own: the interpreter takes what a dead variable held for alive. */
  private static void job(
      RepositoryKeys keys, String[] args, SecureRandom random, InstantSource clock)
      throws IOException {
    Path dumps = Path.of(args[3]);
    Origin origin = new Origin("probe", "test", ProcessHandle.current().pid(), 0, 0);
    try (Secret password = keys.password("belge")) {
      byte[] text = password.copy();
      try (Repository repository =
              Repository.open(new LocalTarget(Path.of(args[1])), text, random, origin);
          RepositoryLock lock = RepositoryLock.take(repository, false, clock)) {
        BackupRun.run(repository, List.of(Path.of(args[2])), clock.instant(), lock);
        try (RecipientKey key = keys.operations().read()) {
          dump(dumps.resolve("during.hprof"));
          java.lang.ref.Reference.reachabilityFence(key);
        }
      } finally {
        java.lang.ref.Reference.reachabilityFence(text);
        Arrays.fill(text, (byte) 0);
      }
    }
  }

  private static void dump(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
  }
}
