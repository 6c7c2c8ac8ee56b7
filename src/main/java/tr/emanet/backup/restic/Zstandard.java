package tr.emanet.backup.restic;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import tr.emanet.backup.BackupException;

/** Zstandard with contexts that are kept; one thread at a time, to be closed. */
final class Zstandard implements AutoCloseable {

  private final ZstdCompressCtx compress = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompress = new ZstdDecompressCtx();

  Zstandard(int level) {
    compress.setLevel(level);
  }

  static int bound(int length) {
    return (int) Zstd.compressBound(length);
  }

  int compress(byte[] from, int offset, int length, byte[] into, int at) {
    return compress.compressByteArray(into, at, into.length - at, from, offset, length);
  }

  /** Unpacks exactly {@code plain} bytes. */
  void decompress(byte[] from, int offset, int length, byte[] into, int plain, String what)
      throws BackupException {
    int found;
    try {
      found = decompress.decompressByteArray(into, 0, plain, from, offset, length);
    } catch (ZstdException e) {
      throw new BackupException(what + " is damaged: it cannot be unpacked", e);
    }
    if (found != plain) {
      throw new BackupException(what + " is damaged: " + found + " bytes, not " + plain);
    }
  }

  /** Unpacks bytes of which only an upper limit is known, growing towards it. */
  byte[] decompress(byte[] from, int offset, int length, int max, String what)
      throws BackupException {
    int room = Math.min(max, Math.max(1 << 12, length * 4));
    while (true) {
      byte[] into = new byte[room];
      try {
        int found = decompress.decompressByteArray(into, 0, room, from, offset, length);
        return Arrays.copyOf(into, found);
      } catch (ZstdException e) {
        if (Zstd.getErrorCode(Zstd.errDstSizeTooSmall()) != e.getErrorCode() || room == max) {
          throw new BackupException(what + " is damaged: it cannot be unpacked", e);
        }
      }
      room = (int) Math.min(max, room * 4L);
    }
  }

  @Override
  public void close() {
    compress.close();
    decompress.close();
  }
}
