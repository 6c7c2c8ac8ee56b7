package tr.emanet.backup.place;

import java.time.LocalTime;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.plan.QuietHours;
import tr.emanet.backup.target.TargetAddress;

/**
 * What a person decides about a second place.
 *
 * @param name unique
 * @param address as {@link TargetAddress} reads it; each repository gets a directory below
 * @param hostKey of an SFTP server, {@code SHA256:...}; else empty
 * @param user of REST, or the access key id of S3; else empty
 * @param region of S3; else empty
 * @param lockDays how long nobody may delete what is in a bucket with object lock; 0: not locked
 * @param mebibytesPerSecond at most so much is sent; 0: no limit
 * @param quiet when no copy begins, as 08:30-17:30; empty: never quiet
 * @param elsewhere whether it is in another building
 * @param jobs whose repositories are copied to it
 */
public record PlaceSpec(
    String name,
    String address,
    String hostKey,
    String user,
    String region,
    int lockDays,
    int mebibytesPerSecond,
    String quiet,
    boolean elsewhere,
    List<Long> jobs) {

  private static final int MAX_NAME = 80;
  private static final int MAX_RATE = 10_000;
  private static final int MAX_LOCK = 36_500;

  public PlaceSpec {
    jobs = jobs.stream().distinct().sorted().toList();
  }

  /** The address; only of a spec whose {@link #wrong} is empty. */
  public TargetAddress target() {
    try {
      return TargetAddress.parse(address);
    } catch (BackupException e) {
      throw new IllegalStateException("the address was checked when it was kept", e);
    }
  }

  /** Which of the forms the address has: directory, sftp, s3 or rest. */
  public String kind() {
    return switch (target()) {
      case TargetAddress.Directory ignored -> "directory";
      case TargetAddress.Sftp ignored -> "sftp";
      case TargetAddress.S3 ignored -> "s3";
      case TargetAddress.Rest ignored -> "rest";
    };
  }

  /** Why it cannot be kept, as the last part of a text key; empty: it can. */
  String wrong() {
    if (name.isBlank() || name.length() > MAX_NAME || control(name)) {
      return "name";
    }
    TargetAddress target;
    try {
      target = TargetAddress.parse(address);
    } catch (BackupException e) {
      return "address";
    }
    if (target instanceof TargetAddress.Sftp && !hostKey.matches("SHA256:[A-Za-z0-9+/]{43}")) {
      return "host-key";
    }
    if (control(user) || user.length() > 200 || !region.matches("[a-z0-9-]{0,40}")) {
      return "user";
    }
    if (lockDays < 0 || lockDays > MAX_LOCK) {
      return "lock-days";
    }
    if (mebibytesPerSecond < 0 || mebibytesPerSecond > MAX_RATE) {
      return "rate";
    }
    return quiet.isEmpty() || QuietHours.parse(quiet).isPresent() ? "" : "quiet";
  }

  /** Whether no copy may begin at a time of the day. */
  boolean quietAt(LocalTime time) {
    return QuietHours.parse(quiet).filter(hours -> hours.covers(time)).isPresent();
  }

  private static boolean control(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
