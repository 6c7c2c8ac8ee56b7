package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;

/**
 * Repositories in directories, with one generated password in a file of mode 0600 that {@code
 * restic --password-file} reads as well.
 */
final class PasswordFiles implements Repositories {

  private static final int BYTES = 32;

  private final Path file;
  private final SecureRandom random;
  private final InstantSource clock;

  PasswordFiles(Path file, SecureRandom random, InstantSource clock) {
    this.file = file;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public Repository open(String address) throws IOException {
    byte[] password = password();
    return Repository.openOrInit(
        Path.of(address), password, random, Origin.ofThisProcess(), clock.instant());
  }

  @Override
  public String notReady(String address) {
    return "";
  }

  @Override
  public boolean escrowed() {
    return true;
  }

  @Override
  public void addEscrow(String name, byte[] certificate) {
    throw new IllegalStateException("no escrow in this test");
  }

  private byte[] password() throws IOException {
    if (!Files.isRegularFile(file)) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      Path directory = Objects.requireNonNull(file.getParent());
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n",
          StandardCharsets.US_ASCII);
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }
}
