package tr.emanet.backup.restic;

import java.util.List;

/**
 * Says whether the beginning of a file looks encrypted: no byte is rarer than another, and it does
 * not begin as the known formats do that compress (archives, pictures, documents, films). Whoever
 * encrypts and leaves such a beginning is not seen by this. Pure functions.
 */
final class Scrambled {

  /** Of fewer bytes nobody can tell. */
  private static final int LEAST = 512;

  /** More would cost time with many small files, and tells little more. */
  private static final int LOOK = 1024;

  /** Chi square over 255 degrees of freedom has the mean 255 and the deviation 22.6. */
  private static final double RANDOM = 255 + 5 * 22.6;

  private static final List<byte[]> KNOWN =
      List.of(
          bytes(0x50, 0x4B), // zip and what is made of it: office documents, jars
          bytes(0xFF, 0xD8, 0xFF), // jpeg
          bytes(0x89, 0x50, 0x4E, 0x47),
          bytes(0x47, 0x49, 0x46, 0x38),
          bytes(0x1F, 0x8B), // gzip
          bytes(0x42, 0x5A, 0x68), // bzip2
          bytes(0xFD, 0x37, 0x7A, 0x58), // xz
          bytes(0x28, 0xB5, 0x2F, 0xFD), // zstd
          bytes(0x04, 0x22, 0x4D, 0x18), // lz4
          bytes(0x37, 0x7A, 0xBC, 0xAF), // 7z
          bytes(0x52, 0x61, 0x72, 0x21), // rar
          bytes(0x25, 0x50, 0x44, 0x46), // pdf
          bytes(0x52, 0x49, 0x46, 0x46), // webp, avi
          bytes(0x1A, 0x45, 0xDF, 0xA3), // matroska
          bytes(0x4F, 0x67, 0x67, 0x53), // ogg
          bytes(0x49, 0x44, 0x33)); // mp3

  private static final byte[] FILM = bytes(0x66, 0x74, 0x79, 0x70);

  private Scrambled() {}

  /** Looks at the first bytes. */
  static boolean looks(byte[] bytes, int length) {
    int n = Math.min(length, LOOK);
    if (n < LEAST || KNOWN.stream().anyMatch(known -> begins(bytes, 0, known))) {
      return false;
    }
    if (begins(bytes, 4, FILM)) {
      return false;
    }
    int[] counts = new int[256];
    for (int i = 0; i < n; i++) {
      counts[bytes[i] & 0xFF]++;
    }
    double expected = n / 256.0;
    double chi = 0;
    for (int count : counts) {
      chi += (count - expected) * (count - expected) / expected;
    }
    return chi < RANDOM;
  }

  private static boolean begins(byte[] bytes, int at, byte[] with) {
    for (int i = 0; i < with.length; i++) {
      if (bytes[at + i] != with[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(int... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }
}
