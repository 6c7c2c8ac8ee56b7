package tr.emanet.backup.target;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import tr.emanet.backup.BackupException;

/** The object lock of a bucket: in compliance mode nobody ends it before its day. Any thread. */
final class S3Locks {

  private final S3Client client;
  private final String bucket;
  private final int days;
  private final InstantSource clock;

  S3Locks(S3Client client, String bucket, int days, InstantSource clock) {
    this.client = client;
    this.bucket = bucket;
    this.days = days;
    this.clock = clock;
  }

  /** A bucket without the lock would ignore the dates or refuse every object. */
  void require() throws IOException {
    String none =
        "the bucket "
            + bucket
            + " has no object lock; make one with it (it cannot be added later at most services),"
            + " or set no days";
    try {
      var found = client.getObjectLockConfiguration(r -> r.bucket(bucket));
      var lock = found.objectLockConfiguration();
      if (lock == null || !"Enabled".equals(lock.objectLockEnabledAsString())) {
        throw new BackupException(none);
      }
    } catch (SdkException e) {
      throw new BackupException(none + " (" + e.getMessage() + ")", e);
    }
  }

  /** From when on an object written now may be removed. */
  Instant until() {
    return clock.instant().plus(Duration.ofDays(days));
  }

  /** Whether less than half of the days are left of an object's lock. */
  boolean isShort(String key) {
    Instant until = of(key);
    return until == null
        || !until.isAfter(clock.instant().plus(Duration.ofDays(days).dividedBy(2)));
  }

  /** When the lock of an object ends; null without one. */
  @Nullable Instant of(String key) {
    try {
      return client.headObject(r -> r.bucket(bucket).key(key)).objectLockRetainUntilDate();
    } catch (NoSuchKeyException e) {
      return null;
    }
  }

  /** Gives an object the full days again. */
  void retain(String key) {
    client.putObjectRetention(
        r ->
            r.bucket(bucket)
                .key(key)
                .retention(
                    keep ->
                        keep.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until())));
  }

  /** Removes the bytes of an object, not only its name as a bucket with versions does. */
  void erase(String key) {
    String version;
    try {
      version = client.headObject(r -> r.bucket(bucket).key(key)).versionId();
    } catch (NoSuchKeyException e) {
      return; // gone already
    }
    client.deleteObject(r -> r.bucket(bucket).key(key).versionId(version));
  }
}
