package tr.emanet.crypto.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.certificate.Certificates;

/**
 * Who took over which key while no service could write it down: lines in {@code keys/seal.imports}
 * that the next start puts into the audit chain and removes. One process at a time.
 */
public final class SealImports {

  private static final String FILE = "seal.imports";
  private static final int MOST = 1_000;

  /**
   * A key that was taken over.
   *
   * @param uid number of the user of the operating system who did it
   * @param sha256 of the certificate, in hex
   */
  public record Imported(Instant at, long uid, String sha256, String subject) {}

  private SealImports() {}

  static void note(Path keys, X509Certificate certificate, Instant at) throws IOException {
    Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    String line =
        at
            + "\t"
            + uid
            + "\t"
            + Certificates.fingerprint(certificate)
            + "\t"
            + certificate.getSubjectX500Principal().getName().replaceAll("\\p{Cntrl}", " ")
            + "\n";
    Path file = keys.resolve(FILE);
    String before = Files.exists(file) ? Files.readString(file) : "";
    PrivateFiles.write(file, (before + line).getBytes(StandardCharsets.UTF_8));
  }

  /** What nobody was told yet, oldest first; a line that cannot be read is left out. */
  public static List<Imported> noted(Path keys) throws IOException {
    Path file = keys.resolve(FILE);
    List<Imported> out = new ArrayList<>();
    if (!Files.exists(file)) {
      return out;
    }
    for (String line :
        new String(PrivateFiles.read(file), StandardCharsets.UTF_8).lines().toList()) {
      String[] part = line.split("\t", 4);
      if (part.length == 4 && part[1].matches("[0-9]{1,10}") && out.size() < MOST) {
        try {
          out.add(new Imported(Instant.parse(part[0]), Long.parseLong(part[1]), part[2], part[3]));
        } catch (DateTimeException e) {
          out.add(new Imported(Instant.EPOCH, Long.parseLong(part[1]), part[2], part[3]));
        }
      }
    }
    return out;
  }

  /** They are in the audit chain. */
  public static void told(Path keys) throws IOException {
    Files.deleteIfExists(keys.resolve(FILE));
  }
}
