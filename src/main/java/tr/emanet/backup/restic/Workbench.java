package tr.emanet.backup.restic;

import java.security.SecureRandom;

/** What one thread needs to seal and open: ciphers, compressor, room. To be closed. */
final class Workbench implements AutoCloseable {

  private final Sealer sealer;
  private final Zstandard zstandard;
  private byte[] first = new byte[0];
  private byte[] second = new byte[0];
  private byte[] third = new byte[0];

  Workbench(MasterKey keys, SecureRandom random, int level) {
    sealer = new Sealer(keys, random);
    zstandard = new Zstandard(level);
  }

  Sealer sealer() {
    return sealer;
  }

  Zstandard zstandard() {
    return zstandard;
  }

  /** Room of at least that many bytes; its content is whatever was there. */
  byte[] first(int length) {
    first = first.length < length ? new byte[roomFor(length)] : first;
    return first;
  }

  byte[] second(int length) {
    second = second.length < length ? new byte[roomFor(length)] : second;
    return second;
  }

  byte[] third(int length) {
    third = third.length < length ? new byte[roomFor(length)] : third;
    return third;
  }

  private static int roomFor(int length) {
    // Whole MiB: little is thrown away while blobs grow, little is held beyond the largest.
    return length <= 1 << 16 ? 1 << 16 : (length + (1 << 20) - 1) >>> 20 << 20;
  }

  @Override
  public void close() {
    zstandard.close();
  }
}
