package tr.emanet.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * File names as bytes. A name that is no UTF-8, or a JVM in a locale without it, loses bytes in
 * {@code Path.toString()}; the URI of a path keeps them all, so what is not plain ASCII goes
 * through that.
 */
public final class FileNames {

  /** What a path may have for the kernel, its NUL included; one byte to spare. */
  public static final int MAX_PATH = 4097;

  private static final String HEX = "0123456789ABCDEF";

  private FileNames() {}

  /** The bytes of the last element of the path. */
  public static byte[] last(Path path) {
    Path name = path.getFileName();
    if (name == null) {
      return new byte[0];
    }
    String text = name.toString();
    if (plain(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    byte[] whole = absolute(path);
    int slash = whole.length - 1;
    while (whole[slash] != '/') {
      slash--;
    }
    return java.util.Arrays.copyOfRange(whole, slash + 1, whole.length);
  }

  /** The bytes of the path as it is (absolute or relative), for the target of a symbolic link. */
  public static byte[] all(Path path) {
    String text = path.toString();
    if (plain(text)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    byte[] whole = absolute(path);
    if (path.isAbsolute()) {
      return whole;
    }
    byte[] here = absolute(Path.of(""));
    // In the root, where a service begins, the slash is its name and no separator follows.
    int prefix = here.length == 1 ? 1 : here.length + 1;
    return java.util.Arrays.copyOfRange(whole, Math.min(prefix, whole.length), whole.length);
  }

  /**
   * Writes the path as the C library takes it, with a NUL at its end.
   *
   * @throws IOException when it is longer than the kernel takes
   */
  public static void write(Path path, MemorySegment into) throws IOException {
    byte[] bytes = all(path);
    if (bytes.length >= MAX_PATH) {
      throw new IOException("'" + path + "' has a path of more than 4096 bytes");
    }
    MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, 0, bytes.length);
    into.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
  }

  /** The child of a directory by the bytes of its name; the caller has checked the name. */
  public static Path child(Path directory, byte[] name) {
    String text = new String(name, StandardCharsets.ISO_8859_1);
    if (plain(text)) {
      return directory.resolve(text);
    }
    Path found = fromRaw(name, true).getFileName();
    if (found == null) {
      throw new IllegalArgumentException("an empty name");
    }
    return directory.resolve(found);
  }

  /** A path from bytes, absolute when they begin with a slash. */
  public static Path path(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (plain(text)) {
      return Path.of(text);
    }
    boolean relative = bytes[0] != '/';
    Path found = fromRaw(bytes, relative);
    return relative ? found.subpath(0, found.getNameCount()) : found;
  }

  private static Path fromRaw(byte[] bytes, boolean relative) {
    StringBuilder uri = new StringBuilder(relative ? "file:///" : "file://");
    for (byte b : bytes) {
      if (b == '/' || b >= 'a' && b <= 'z') {
        uri.append((char) b);
      } else {
        uri.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  private static byte[] absolute(Path path) {
    String raw = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    byte[] found = bytes.toByteArray();
    // The URI of an existing directory ends with a slash that the path does not have.
    boolean slash = found.length > 1 && found[found.length - 1] == '/';
    return slash ? java.util.Arrays.copyOf(found, found.length - 1) : found;
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= 0 || c >= 0x7f) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
