package tr.emanet.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in force. Looks at the file again at most every two seconds; a changed file that is
 * wrong is refused and told, and the policy before it stays. Safe for many threads.
 */
public final class Policies {

  private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
  private static final long LOOK_NANOS = 2_000_000_000L;

  private final @Nullable Path file;
  private final LongSupplier nanos;
  private Policy policy = Policy.SHIPPED;
  private List<PolicyFile.Problem> problems = List.of();
  private @Nullable FileTime read;
  private long size = -1;
  private long looked;
  private boolean first = true;

  /**
   * Follows a file.
   *
   * @param nanos a monotonic clock
   */
  public Policies(Path file, LongSupplier nanos) {
    this.file = file;
    this.nanos = nanos;
  }

  private Policies(Policy fixed) {
    this.file = null;
    this.nanos = () -> 0;
    this.policy = fixed;
  }

  /** A policy that never changes. */
  public static Policies fixed(Policy policy) {
    return new Policies(policy);
  }

  /** The policy in force. */
  public synchronized Policy current() {
    Path watched = file;
    long now = nanos.getAsLong();
    if (watched != null && (first || now - looked >= LOOK_NANOS)) {
      first = false;
      looked = now;
      look(watched);
    }
    return policy;
  }

  /** What is wrong with the file as it is now; empty when it is in force. */
  public synchronized List<PolicyFile.Problem> problems() {
    Policy ignored = current();
    return problems;
  }

  private void look(Path watched) {
    FileTime changed = null;
    long length = -1;
    try {
      changed = Files.getLastModifiedTime(watched);
      length = Files.size(watched);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", watched).setCause(e).log("Policy cannot be looked at");
    }
    if (changed != null && changed.equals(read) && length == size) {
      return;
    }
    boolean news = changed != null || problems.isEmpty();
    read = changed;
    size = length;
    switch (PolicyFile.read(watched)) {
      case PolicyFile.Outcome.Valid valid -> {
        policy = valid.policy();
        problems = List.of();
        LOG.atInfo().addKeyValue("file", watched).log("Alert policy is in force");
      }
      case PolicyFile.Outcome.Invalid invalid -> {
        problems = invalid.problems();
        for (PolicyFile.Problem problem : news ? problems : List.<PolicyFile.Problem>of()) {
          LOG.atWarn()
              .addKeyValue("problem", problem.toString())
              .log("Alert policy is refused; the one before it stays in force");
        }
      }
    }
  }
}
