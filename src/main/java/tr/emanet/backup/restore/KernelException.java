package tr.emanet.backup.restore;

import java.io.IOException;

/** A call of the kernel was refused; the number is Linux's. */
final class KernelException extends IOException {

  static final int ENOENT = 2;
  static final int EAGAIN = 11;
  static final int EEXIST = 17;
  static final int EXDEV = 18;
  static final int ENOTDIR = 20;
  static final int EINVAL = 22;
  static final int ENOSYS = 38;
  static final int ELOOP = 40;
  static final int ENODATA = 61;
  static final int EOPNOTSUPP = 95;

  private static final long serialVersionUID = 1L;

  private final int error;

  KernelException(String call, int error) {
    super(call + ": " + words(error));
    this.error = error;
  }

  int error() {
    return error;
  }

  private static String words(int error) {
    return switch (error) {
      case 1 -> "not permitted";
      case ENOENT -> "does not exist";
      case 13 -> "access denied";
      case EEXIST -> "stands there already";
      case EXDEV -> "leads out of the target or over a mount point";
      case ENOTDIR -> "not a directory";
      case 21 -> "is a directory";
      case 28 -> "no space left on the disk";
      case 30 -> "the file system is read-only";
      case 36 -> "the name is too long for this file system";
      case ENOSYS -> "this kernel is too old; Linux 5.6 or newer is needed";
      case ELOOP -> "a symbolic link stands in the way";
      case 122 -> "the disk quota is used up";
      case EOPNOTSUPP -> "this file system does not support it";
      default -> "error " + error + " of the system";
    };
  }
}
