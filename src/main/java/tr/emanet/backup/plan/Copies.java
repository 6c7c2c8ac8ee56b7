package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a job is from three copies on two media, one elsewhere, one that nobody can change, and
 * none with errors. Only what is known counts.
 *
 * @param copies with the original
 * @param media how many different disks or places they are on
 * @param elsewhere copies off this machine
 * @param unchangeable copies that nobody can change or delete before their time
 * @param proven whether a restore of it was tried and found good
 */
public record Copies(int copies, int media, int elsewhere, int unchangeable, boolean proven) {

  /** The same, with what drills say. */
  public Copies proven(boolean now) {
    return new Copies(copies, media, elsewhere, unchangeable, now);
  }

  /** The rungs of the rule, in its order. */
  public enum Rung {
    COPIES(3),
    MEDIA(2),
    ELSEWHERE(1),
    UNCHANGEABLE(1),
    PROVEN(0);

    private final int number;

    Rung(int number) {
      this.number = number;
    }

    /** The digit in 3-2-1-1-0. */
    public int number() {
      return number;
    }

    /** The name in text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is known of a job with one repository.
   *
   * @param elsewhere whether that is at a target in another building
   */
  public static Copies of(BackupJob job, List<RunRecord> runs, boolean elsewhere) {
    Optional<RunRecord> last = runs.stream().filter(run -> run.state().hasSnapshot()).findFirst();
    if (last.isEmpty()) {
      return new Copies(1, 1, 0, 0, false);
    }
    return new Copies(2, sameDisk(job.spec()) ? 1 : 2, elsewhere ? 1 : 0, 0, false);
  }

  /**
   * A copy at a second place.
   *
   * @param elsewhere in another building
   * @param locked nobody can change or delete it before its time
   * @param otherDisk not on the disk of the repository
   */
  public record Second(boolean elsewhere, boolean locked, boolean otherDisk) {}

  /** The same with copies at second places. */
  public Copies and(List<Second> seconds) {
    return new Copies(
        copies + seconds.size(),
        media + (int) seconds.stream().filter(Second::otherDisk).count(),
        elsewhere + (int) seconds.stream().filter(Second::elsewhere).count(),
        unchangeable + (int) seconds.stream().filter(Second::locked).count(),
        proven);
  }

  /** Whether a source lies on the disk of the repository: one failure takes both. */
  public static boolean sameDisk(BackupSpec spec) {
    if (RemoteDoors.isRemote(spec.repository())) {
      return false;
    }
    try {
      Path repository = Path.of(spec.repository());
      for (String source : spec.paths()) {
        if (Files.getFileStore(Path.of(source)).equals(Files.getFileStore(repository))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // A place that cannot be asked is no second medium.
      return true;
    }
  }

  /** Whether a rung is reached. */
  public boolean reached(Rung rung) {
    return switch (rung) {
      case COPIES -> copies >= 3;
      case MEDIA -> media >= 2;
      case ELSEWHERE -> elsewhere >= 1;
      case UNCHANGEABLE -> unchangeable >= 1;
      case PROVEN -> proven;
    };
  }

  /** The first rung that is not reached. */
  public Optional<Rung> missing() {
    return java.util.Arrays.stream(Rung.values()).filter(rung -> !reached(rung)).findFirst();
  }
}
