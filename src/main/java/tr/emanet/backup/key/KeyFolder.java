package tr.emanet.backup.key;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tr.emanet.crypto.PrivateFiles;

/**
 * The files below {@code keys/backup}: {@code REPOSITORY/era-N/era.json} and {@code password.p7m}.
 */
final class KeyFolder {

  private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern ERA = Pattern.compile("era-([1-9][0-9]{0,4})");
  private static final List<String> RESERVED = List.of("escrow", "kits");

  private final Path root;

  KeyFolder(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** Refuses names that could lead elsewhere. */
  static void checkName(String repository) {
    if (!REPOSITORY.matcher(repository).matches() || RESERVED.contains(repository)) {
      throw new IllegalArgumentException(
          "'" + repository + "' is no name of a repository: small letters, digits, . _ -");
    }
  }

  private Path era(String repository, int number) {
    checkName(repository);
    return root.resolve(repository).resolve("era-" + number);
  }

  Path envelope(String repository, int number) {
    return era(repository, number).resolve("password.p7m");
  }

  List<String> repositories() throws IOException {
    List<String> out = new ArrayList<>();
    if (Files.isDirectory(root)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(root, Files::isDirectory)) {
        for (Path one : all) {
          String name = String.valueOf(one.getFileName());
          if (REPOSITORY.matcher(name).matches() && !RESERVED.contains(name)) {
            out.add(name);
          }
        }
      }
    }
    out.sort(null);
    return out;
  }

  /** The eras, the oldest first; one without its record was never finished and is left out. */
  List<EraRecord> eras(String repository) throws IOException {
    checkName(repository);
    List<Integer> numbers = new ArrayList<>();
    Path directory = root.resolve(repository);
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
        for (Path one : all) {
          Matcher matcher = ERA.matcher(String.valueOf(one.getFileName()));
          if (matcher.matches() && Files.exists(one.resolve("era.json"))) {
            numbers.add(Integer.valueOf(matcher.group(1)));
          }
        }
      }
    }
    numbers.sort(null);
    List<EraRecord> out = new ArrayList<>();
    for (int number : numbers) {
      Path file = era(repository, number).resolve("era.json");
      out.add(EraRecord.parse(PrivateFiles.read(file), file.toString()));
    }
    return out;
  }

  /** The era in use; empty when there is none. */
  Optional<EraRecord> current(String repository) throws IOException {
    List<EraRecord> all = eras(repository);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  void write(EraRecord record) throws IOException {
    PrivateFiles.write(
        era(record.repository(), record.number()).resolve("era.json"), record.json());
  }

  void writeEnvelope(EraRecord record, byte[] cms) throws IOException {
    PrivateFiles.write(envelope(record.repository(), record.number()), cms);
  }

  /** The envelope; empty when it is gone, as of an old era that only shares can open. */
  Optional<byte[]> readEnvelope(EraRecord record) throws IOException {
    return readEnvelope(record.repository(), record.number());
  }

  Optional<byte[]> readEnvelope(String repository, int era) throws IOException {
    Path file = envelope(repository, era);
    return Files.exists(file) ? Optional.of(PrivateFiles.read(file)) : Optional.empty();
  }

  private Path next(EraRecord record) {
    return era(record.repository(), record.number()).resolve("next.p7m");
  }

  /** The envelope of a password that is about to follow; empty when none is. */
  Optional<byte[]> readNext(EraRecord record) throws IOException {
    Path file = next(record);
    return Files.exists(file) ? Optional.of(PrivateFiles.read(file)) : Optional.empty();
  }

  void writeNext(EraRecord record, byte[] cms) throws IOException {
    PrivateFiles.write(next(record), cms);
  }

  /** Makes the next envelope the one in use. */
  void takeNext(EraRecord record) throws IOException {
    Path from = next(record);
    PrivateFiles.write(envelope(record.repository(), record.number()), PrivateFiles.read(from));
    Files.delete(from);
  }

  private Path extra(EraRecord record) {
    return era(record.repository(), record.number()).resolve("password.mlkem.p7m");
  }

  Optional<byte[]> readExtra(EraRecord record) throws IOException {
    Path file = extra(record);
    return Files.exists(file) ? Optional.of(PrivateFiles.read(file)) : Optional.empty();
  }

  void writeExtra(EraRecord record, byte[] cms) throws IOException {
    PrivateFiles.write(extra(record), cms);
  }

  void removeExtra(EraRecord record) throws IOException {
    Files.deleteIfExists(extra(record));
  }

  void removeEnvelope(EraRecord record) throws IOException {
    Files.deleteIfExists(envelope(record.repository(), record.number()));
  }
}
