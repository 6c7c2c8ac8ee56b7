package tr.emanet.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.Digests;

/** Reads from disk what there is of each day of a month. Thread-safe. */
final class Calendar {

  private final Path journal;
  private final Path seals;
  private final Function<LocalDate, String> holds;

  /**
   * @param holds why a day is held, empty when it is not
   */
  Calendar(Path journal, Path seals, Function<LocalDate, String> holds) {
    this.journal = journal;
    this.seals = seals;
    this.holds = holds;
  }

  /** The authority's certificate in the newest stamp; none when nothing was stamped. */
  List<X509Certificate> authority() throws IOException {
    for (LocalDate day : Sealed.allDays(seals).descendingSet()) {
      Path stamp = seals.resolve(Sealed.directory(day)).resolve("root.sha256.p7s.tsr");
      if (Files.isRegularFile(stamp)) {
        return Certificates.inStamp(Files.readAllBytes(stamp)).stream()
            .filter(Calendar::stamps)
            .limit(1)
            .toList();
      }
    }
    return List.of();
  }

  /** All days of a month. */
  List<ArchiveDay> month(YearMonth month, List<Verified> verifications) throws IOException {
    List<ArchiveDay> out = new ArrayList<>();
    List<String> streams = Sealed.names(journal, "[a-z0-9-]{1,32}");
    for (int d = 1; d <= month.lengthOfMonth(); d++) {
      out.add(day(month.atDay(d), streams, verifications));
    }
    return out;
  }

  private ArchiveDay day(LocalDate day, List<String> streams, List<Verified> verifications)
      throws IOException {
    long bytes = 0;
    int segments = 0;
    for (String stream : streams) {
      Path directory = journal.resolve(stream).resolve(Sealed.directory(day));
      for (String name : Sealed.names(directory, "[0-9]{20}\\.emj")) {
        bytes += Files.size(directory.resolve(name));
        segments++;
      }
    }
    Path directory = seals.resolve(Sealed.directory(day));
    int checkpoints = Sealed.names(directory, "[0-9]{12}\\.checkpoint").size();
    Path root = directory.resolve("root.sha256");
    String head =
        Files.isRegularFile(root)
            ? HexFormat.of().formatHex(Digests.sha256().digest(Files.readAllBytes(root)))
            : "";
    Stamped stamped = stamp(directory.resolve("root.sha256.p7s.tsr"));
    return new ArchiveDay(
        day,
        bytes,
        segments,
        checkpoints,
        head,
        seal(segments, checkpoints, head, stamped),
        stamped.at(),
        stamped.authority(),
        verifications.stream().filter(v -> v.covers(day)).findFirst().orElse(null),
        segments == 0 ? "" : holds.apply(day));
  }

  private static ArchiveDay.Seal seal(int segments, int checkpoints, String head, Stamped stamped) {
    if (segments == 0 && checkpoints == 0) {
      return ArchiveDay.Seal.NOTHING;
    }
    if (checkpoints == 0) {
      return ArchiveDay.Seal.UNSEALED;
    }
    if (head.isEmpty()) {
      return ArchiveDay.Seal.CHECKPOINTS;
    }
    if (stamped.at() == null) {
      return ArchiveDay.Seal.UNSTAMPED;
    }
    return stamped.authority().toUpperCase(Locale.ROOT).contains("DEMO")
        ? ArchiveDay.Seal.DEMO
        : ArchiveDay.Seal.STAMPED;
  }

  private record Stamped(@Nullable Instant at, String authority) {
    static final Stamped NOT = new Stamped(null, "");
  }

  /** What the stamp says of itself. */
  private static Stamped stamp(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Stamped.NOT;
    }
    byte[] der = Files.readAllBytes(file);
    Instant at = StampTime.of(der);
    List<X509Certificate> certificates = Certificates.inStamp(der);
    String authority =
        certificates.stream()
            .filter(Calendar::stamps)
            .map(c -> c.getSubjectX500Principal().getName())
            .findFirst()
            .orElse("");
    return at == null ? Stamped.NOT : new Stamped(at, authority);
  }

  private static boolean stamps(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes != null && purposes.contains("1.3.6.1.5.5.7.3.8");
    } catch (java.security.cert.CertificateParsingException e) {
      return false;
    }
  }

  /** All files of an archive, sorted. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
