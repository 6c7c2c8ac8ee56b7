package tr.emanet.backup.target;

import java.io.IOException;
import java.time.InstantSource;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.Target;

/** Opens the target that an address names. */
public final class Targets {

  private Targets() {}

  /**
   * Opens a target; close it after use. Servers are asked for nothing yet, so an error of the
   * network comes with the first operation.
   */
  public static OpenTarget open(TargetAddress address, TargetAccess access) throws IOException {
    return switch (address) {
      case TargetAddress.Directory(var path) -> new OpenTarget(new LocalTarget(path), () -> {});
      case TargetAddress.Sftp sftp -> {
        SftpTarget target = new SftpTarget(sftp, access);
        yield new OpenTarget(target, target);
      }
      case TargetAddress.S3 s3 -> {
        S3Target target = S3Target.open(s3, access, InstantSource.system());
        yield new OpenTarget(target, target);
      }
      case TargetAddress.Rest rest -> {
        RestTarget target = new RestTarget(rest, access);
        yield new OpenTarget(target, target);
      }
    };
  }

  /** What ends a target's connections. */
  interface End extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  /** A target with its connections. */
  public record OpenTarget(Target target, End end) implements AutoCloseable {

    /** The same, slower. */
    public OpenTarget limited(long bytesPerSecond) {
      return new OpenTarget(new LimitedTarget(target, bytesPerSecond), end);
    }

    /**
     * The same with a directory of this machine for what lies beside a repository; its release
     * sends that, and this one's end stays what ends the connection.
     */
    public OpenTarget beside(java.nio.file.Path directory) {
      return new OpenTarget(new SideTarget(new OpenTarget(target, () -> {}), directory), end);
    }

    @Override
    public void close() throws IOException {
      end.close();
    }
  }
}
