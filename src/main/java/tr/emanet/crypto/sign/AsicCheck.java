package tr.emanet.crypto.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads and judges ASiC-E containers with CAdES, also hostile ones: bounded in entries and bytes,
 * unpacked nowhere, every object must be under every signature.
 */
public final class AsicCheck {

  private static final int MAX_META = 4 << 20;
  private static final int BUFFER = 1 << 16;

  private final long maxBytes;
  private final Map<String, Map<String, byte[]>> objects = new LinkedHashMap<>();
  private final Map<String, byte[]> meta = new HashMap<>();
  private long read;

  /** What came of it. */
  public sealed interface Result {

    /**
     * Every signature holds over every object.
     *
     * @param signatures one for each signer
     * @param objects names of the objects
     */
    record Valid(List<SignatureResult.Valid> signatures, List<String> objects) implements Result {
      public Valid {
        signatures = List.copyOf(signatures);
        objects = List.copyOf(objects);
      }
    }

    /**
     * @param reason a sentence for an operator, in English
     */
    record Refused(String reason) implements Result {}
  }

  private AsicCheck(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Judges a container.
   *
   * @param maxBytes most bytes of all entries unpacked
   */
  public static Result check(InputStream container, SignatureTerms terms, long maxBytes) {
    try {
      AsicCheck check = new AsicCheck(maxBytes);
      check.readAll(container);
      return check.judge(terms);
    } catch (IOException | IllegalArgumentException e) {
      // ZipInputStream throws unchecked on names that are no UTF-8.
      return new Result.Refused("the container is refused: " + e.getMessage());
    }
  }

  private void readAll(InputStream container) throws IOException {
    ZipInputStream zip = new ZipInputStream(container, StandardCharsets.UTF_8);
    ZipEntry first = zip.getNextEntry();
    if (first == null
        || !first.getName().equals("mimetype")
        || first.getMethod() != ZipEntry.STORED
        || !AsicContainer.MIME_TYPE.equals(
            new String(bounded(zip, 100), StandardCharsets.US_ASCII))) {
      throw new IOException("it does not begin with the stored mimetype of ASiC-E");
    }
    Set<String> seen = new HashSet<>();
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      if (!AsicContainer.isSafe(name) || !seen.add(name)) {
        throw new IOException("the name '" + name + "' is not safe or there twice");
      }
      if (seen.size() > AsicContainer.MAX_OBJECTS) {
        throw new IOException("it has more than " + AsicContainer.MAX_OBJECTS + " entries");
      }
      if (name.startsWith("META-INF/")) {
        meta.put(name, bounded(zip, MAX_META));
      } else {
        objects.put(name, digests(zip));
      }
    }
  }

  private byte[] bounded(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException("an entry is larger than " + most + " bytes");
    }
    count(bytes.length);
    return bytes;
  }

  private void count(int bytes) throws IOException {
    read += bytes;
    if (read > maxBytes) {
      throw new IOException("it unpacks to more than " + maxBytes + " bytes");
    }
  }

  private Map<String, byte[]> digests(InputStream in) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count(n);
        sha256.update(buffer, 0, n);
        sha512.update(buffer, 0, n);
      }
      return Map.of("SHA-256", sha256.digest(), "SHA-512", sha512.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-2", e);
    }
  }

  private Result judge(SignatureTerms terms) throws IOException {
    List<SignatureResult.Valid> signatures = new ArrayList<>();
    for (Map.Entry<String, byte[]> one : meta.entrySet()) {
      String name = one.getKey();
      if (name.startsWith("META-INF/ASiCManifest") && name.endsWith(".xml")) {
        AsicManifest manifest = AsicManifest.read(one.getValue());
        byte[] p7s = meta.get(manifest.signature());
        if (p7s == null) {
          throw new IOException("the signature '" + manifest.signature() + "' is missing");
        }
        requireObjects(manifest);
        switch (SignatureCheck.check(p7s, SignedContent.of(one.getValue()), terms)) {
          case SignatureResult.Valid valid -> signatures.add(valid);
          case SignatureResult.Refused refused ->
              throw new IOException(manifest.signature() + ": " + refused.reason());
        }
      }
    }
    if (signatures.isEmpty()) {
      throw new IOException("nothing in it is signed");
    }
    return new Result.Valid(signatures, List.copyOf(objects.keySet()));
  }

  private void requireObjects(AsicManifest manifest) throws IOException {
    for (String name : objects.keySet()) {
      if (!manifest.objects().containsKey(name)) {
        throw new IOException("'" + name + "' is not signed");
      }
    }
    for (Map.Entry<String, AsicManifest.Reference> one : manifest.objects().entrySet()) {
      Map<String, byte[]> digests = objects.get(one.getKey());
      if (digests == null) {
        throw new IOException("'" + one.getKey() + "' is signed and missing");
      }
      AsicManifest.Reference said = one.getValue();
      if (!MessageDigest.isEqual(digests.get(said.algorithm()), said.digest())) {
        throw new IOException("'" + one.getKey() + "' was changed after it was signed");
      }
    }
  }
}
