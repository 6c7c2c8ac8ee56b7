package tr.emanet.backup.restore;

/**
 * The numbers of the system calls and the bits that differ between machines, from {@code
 * asm/unistd.h} and {@code asm/fcntl.h}.
 */
record Calls(
    int mkdirat,
    int symlinkat,
    int linkat,
    int mknodat,
    int unlinkat,
    int renameat2,
    int fchownat,
    int fchmod,
    int fchmodat,
    int utimensat,
    int fsetxattr,
    int setxattr,
    int statx,
    int pwrite64,
    int pread64,
    int ftruncate,
    int fdatasync,
    int syncfs,
    int sync,
    int close,
    int geteuid,
    long directory,
    long noFollow) {

  /** The same everywhere. */
  static final int OPENAT2 = 437;

  private static final Calls X86_64 =
      new Calls(
          258, 266, 265, 259, 263, 316, 260, 91, 268, 280, 190, 188, 332, 18, 17, 77, 75, 306, 162,
          3, 107, 0200000, 0400000);

  private static final Calls AARCH64 =
      new Calls(
          34, 36, 37, 33, 35, 276, 54, 52, 53, 88, 7, 5, 291, 68, 67, 46, 83, 267, 81, 57, 175,
          040000, 0100000);

  static Calls of(String machine) {
    return switch (machine) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "restore runs on x86_64 and aarch64, not " + machine);
    };
  }

  static Calls ofThisMachine() {
    return of(System.getProperty("os.arch", ""));
  }
}
