package tr.emanet.backup.restic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Digests;

/** A SHA-256 as a name: of a blob's plain bytes, of an object's stored bytes. */
public record Id(long a, long b, long c, long d) {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The 32 bytes at the offset. */
  static Id at(byte[] bytes, int offset) {
    return new Id(
        (long) LONGS.get(bytes, offset),
        (long) LONGS.get(bytes, offset + 8),
        (long) LONGS.get(bytes, offset + 16),
        (long) LONGS.get(bytes, offset + 24));
  }

  /** The digest of the bytes. */
  static Id of(byte[] bytes, int offset, int length) {
    java.security.MessageDigest digest = Digests.sha256();
    digest.update(bytes, offset, length);
    return at(digest.digest(), 0);
  }

  /**
   * Reads 64 hex digits.
   *
   * @throws BackupException when it is anything else
   */
  public static Id parse(String hex) throws BackupException {
    if (hex.length() != 64) {
      throw new BackupException("'" + hex + "' is no id of 64 hex digits");
    }
    try {
      return at(HexFormat.of().parseHex(hex), 0);
    } catch (IllegalArgumentException e) {
      throw new BackupException("'" + hex + "' is no id of 64 hex digits", e);
    }
  }

  /** True for 64 lower-case hex digits. Not by an expression: there may be a million names. */
  static boolean isName(String name) {
    if (name.length() != 64) {
      return false;
    }
    for (int i = 0; i < 64; i++) {
      char c = name.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** True when it is the digest of the bytes. */
  public boolean isOf(byte[] bytes, int offset, int length) {
    return equals(of(bytes, offset, length));
  }

  void write(byte[] into, int offset) {
    LONGS.set(into, offset, a);
    LONGS.set(into, offset + 8, b);
    LONGS.set(into, offset + 16, c);
    LONGS.set(into, offset + 24, d);
  }

  /** 64 lower-case hex digits. */
  public String hex() {
    byte[] bytes = new byte[32];
    write(bytes, 0);
    return HexFormat.of().formatHex(bytes);
  }

  /** The first eight digits, as restic shows them. */
  public String brief() {
    return hex().substring(0, 8);
  }

  // Not the record's: that is put together by the JVM at its first use, at every start anew.
  @Override
  public boolean equals(Object other) {
    return other instanceof Id id && a == id.a && b == id.b && c == id.c && d == id.d;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public String toString() {
    return hex();
  }
}
