package tr.emanet.crypto.sign;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tr.emanet.crypto.Digests;

/**
 * Writes ASiC-E containers with CAdES (ETSI EN 319 162-1): {@code mimetype} first and stored, the
 * objects, and for every signer a manifest with its signature. What is signed is the manifest, so a
 * person signs {@link #manifest} elsewhere and the container is written when the signature is
 * there.
 */
public final class AsicContainer {

  static final String MIME_TYPE = "application/vnd.etsi.asic-e+zip";
  static final String ASIC = "http://uri.etsi.org/02918/v1.2.1#";
  static final String DS = "http://www.w3.org/2000/09/xmldsig#";
  static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
  static final int MAX_OBJECTS = 10_000;

  private static final int MAX_SIGNERS = 99;
  private static final int BUFFER = 1 << 16;

  private AsicContainer() {}

  /** Opens an object's bytes; read twice, once for the manifest and once for the container. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /**
   * An object in a container.
   *
   * @param name a relative path with {@code /}, without {@code ..}, not below {@code META-INF/}
   * @param mimeType such as {@code text/plain}
   */
  public record Item(String name, String mimeType, Source source) {
    public Item {
      if (!isSafe(name) || name.startsWith("META-INF/") || name.equals("mimetype")) {
        throw new IllegalArgumentException("'" + name + "' cannot be in a container");
      }
    }
  }

  /**
   * A signature with what it is over.
   *
   * @param manifest as {@link #manifest} made it
   * @param p7s detached signature over it
   */
  public record Signed(byte[] manifest, byte[] p7s) {}

  /** Whether a name stays inside a directory when it is unpacked. */
  static boolean isSafe(String name) {
    return !name.isEmpty()
        && name.length() <= 500
        && name.indexOf('\\') < 0
        && name.indexOf(':') < 0
        && name.chars().noneMatch(Character::isISOControl)
        && List.of(name.split("/", -1)).stream()
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private static String signature(int signer) {
    return String.format(Locale.ROOT, "META-INF/signature%03d.p7s", signer);
  }

  /**
   * The file that a signer signs.
   *
   * @param signer 1 for the first, at most 99
   */
  public static byte[] manifest(List<Item> items, int signer) throws IOException {
    if (signer < 1 || signer > MAX_SIGNERS || items.isEmpty() || items.size() > MAX_OBJECTS) {
      throw new IllegalArgumentException(items.size() + " objects, signer " + signer);
    }
    StringBuilder out = new StringBuilder();
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<asic:ASiCManifest xmlns:asic=\"")
        .append(ASIC)
        .append("\" xmlns:ds=\"")
        .append(DS)
        .append("\">\n  <asic:SigReference URI=\"")
        .append(signature(signer))
        .append("\" MimeType=\"application/pkcs7-signature\"/>\n");
    Set<String> seen = new HashSet<>();
    for (Item item : items) {
      if (!seen.add(item.name())) {
        throw new IllegalArgumentException("'" + item.name() + "' is there twice");
      }
      out.append("  <asic:DataObjectReference URI=\"")
          .append(escape(uri(item.name())))
          .append("\" MimeType=\"")
          .append(escape(item.mimeType()))
          .append("\">\n    <ds:DigestMethod Algorithm=\"")
          .append(SHA256)
          .append("\"/>\n    <ds:DigestValue>")
          .append(Base64.getEncoder().encodeToString(digest(item)))
          .append("</ds:DigestValue>\n  </asic:DataObjectReference>\n");
    }
    return out.append("</asic:ASiCManifest>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] digest(Item item) throws IOException {
    var digest = Digests.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = item.source().open()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return digest.digest();
  }

  /** Percent-encodes what a URI reference cannot hold (RFC 3986), as UTF-8. */
  private static String uri(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c < 0x80 && (Character.isLetterOrDigit(c) || "/-._~!$&'()*+,;=@".indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return out.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /**
   * Writes a container; does not close the stream.
   *
   * @param signed in the order of the signer numbers of the manifests
   * @param time of all entries, in UTC
   */
  public static void write(OutputStream out, List<Item> items, List<Signed> signed, Instant time)
      throws IOException {
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    byte[] type = MIME_TYPE.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    ZipEntry first = new ZipEntry("mimetype");
    first.setMethod(ZipEntry.STORED);
    first.setSize(type.length);
    first.setCrc(crc.getValue());
    first.setTimeLocal(local);
    zip.putNextEntry(first);
    zip.write(type);
    zip.closeEntry();
    for (Item item : items) {
      next(zip, item.name(), local);
      try (InputStream in = item.source().open()) {
        in.transferTo(zip);
      }
      zip.closeEntry();
    }
    List<Signed> all = new ArrayList<>(signed);
    for (int i = 0; i < all.size(); i++) {
      next(zip, String.format(Locale.ROOT, "META-INF/ASiCManifest%03d.xml", i + 1), local);
      zip.write(all.get(i).manifest());
      zip.closeEntry();
      next(zip, signature(i + 1), local);
      zip.write(all.get(i).p7s());
      zip.closeEntry();
    }
    zip.finish();
  }

  private static void next(ZipOutputStream zip, String name, LocalDateTime time)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    zip.putNextEntry(entry);
  }
}
