package tr.emanet.backup.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.PrivateFiles;

/**
 * The envelope lies beside the repository, too, and goes with it to copies: who has the escrow key
 * needs nothing of a machine that is lost. With it goes the extra copy for holders with ML-KEM
 * keys, with a label, and never alone. Stock restic leaves the directory alone. Thread-safe as far
 * as the keys are.
 */
public final class EnvelopesBeside {

  /** Below the directory of the repository. */
  private static final String DIRECTORY = "escrow";

  private static final String ENVELOPE = "password.p7m";
  private static final String EXTRA = "password.mlkem.p7m";
  private static final String LABEL = "password.mlkem.txt";

  private static final String SAYS =
      """
      EK KOPYA, ML-KEM: deponun parolası, ML-KEM anahtarlı emanetçilere (RFC 5083, 9629, 9936).
      Tek başına durmaz: yanındaki password.p7m asıl zarftır, openssl 3.0 onu açar.

      EXTRA COPY, ML-KEM: the password of the repository, sealed to holders with ML-KEM keys
      (RFC 5083, 9629, 9936). It never stands alone: password.p7m beside it is the envelope
      itself, which openssl 3.0 opens.
      """;

  private final RepositoryKeys keys;

  public EnvelopesBeside(RepositoryKeys keys) {
    this.keys = keys;
  }

  /**
   * Makes what lies there what the keys of the era in use are now.
   *
   * @param name of the repository among the keys
   * @param place directory of the repository
   */
  public void keep(String name, Path place) throws IOException {
    byte[] envelope = keys.envelope(name).orElse(null);
    keep(place, envelope, envelope == null ? null : keys.extraEnvelope(name).orElse(null));
  }

  /**
   * The same for an era that was followed by another one.
   *
   * @param era its number
   */
  public void keep(String name, int era, Path place) throws IOException {
    keep(place.resolve(DIRECTORY), keys.envelope(name, era).orElse(null));
  }

  private static void keep(Path directory, byte @Nullable [] envelope) throws IOException {
    if (envelope == null) {
      Files.deleteIfExists(directory.resolve(ENVELOPE));
    } else {
      Files.createDirectories(directory);
      write(directory.resolve(ENVELOPE), envelope);
    }
  }

  private static void keep(Path place, byte @Nullable [] envelope, byte @Nullable [] extra)
      throws IOException {
    Path directory = place.resolve(DIRECTORY);
    keep(directory, envelope);
    if (extra == null) {
      Files.deleteIfExists(directory.resolve(EXTRA));
      Files.deleteIfExists(directory.resolve(LABEL));
    } else {
      write(directory.resolve(EXTRA), extra);
      write(directory.resolve(LABEL), SAYS.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(PrivateFiles.read(file), bytes)) {
      PrivateFiles.write(file, bytes);
    }
  }
}
