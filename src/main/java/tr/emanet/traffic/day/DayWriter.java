package tr.emanet.traffic.day;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tr.emanet.job.JobRun;
import tr.emanet.job.Progress;

/**
 * Writes the folder of one day: {@code dhcpd-tib.log}, {@code nat.log}, {@code session.log}, {@code
 * MANIFEST.sha256} (as {@code sha256sum -c} reads it) with its time stamp, and a line in the chain
 * of days. A folder is complete or not there: it is written beside and then renamed; only a stamp
 * that was refused is asked for again when the day is. One thread at a time.
 */
public final class DayWriter {

  static final String MANIFEST = "MANIFEST.sha256";

  private final Path root;
  private final DayRecords records;
  private final DayStamp stamp;
  private final ZoneId zone;

  /**
   * @param root where folders {@code YYYY/MM/DD} and the chain lie
   */
  public DayWriter(Path root, DayRecords records, DayStamp stamp, ZoneId zone) {
    this.root = root;
    this.records = records;
    this.stamp = stamp;
    this.zone = zone;
  }

  /** Whether the lists of a day have their time stamp. */
  public boolean isStamped(LocalDate day) {
    return DayStamp.isThere(folder(day).resolve(MANIFEST));
  }

  /** Where the lists of a day lie. */
  public Path folder(LocalDate day) {
    return root.resolve(
        String.format(
            java.util.Locale.ROOT,
            "%04d/%02d/%02d",
            day.getYear(),
            day.getMonthValue(),
            day.getDayOfMonth()));
  }

  void write(LocalDate day, JobRun run) throws IOException, InterruptedException {
    Path folder = folder(day);
    DayChain chain = new DayChain(root);
    Optional<String> chained = chain.manifest(day);
    if (chained.isPresent()) {
      unchanged(folder, chained.get());
      boolean ignored = stamp.stamp(folder.resolve(MANIFEST));
      run.progress(new Progress(1, 1, "written before"));
      return;
    }
    Path work = root.resolve(".writing-" + day);
    remove(work);
    Files.createDirectories(work);
    Files.createDirectories(folder.getParent());
    Instant from = day.atStartOfDay(zone).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(zone).toInstant();
    Map<String, String> digests = new TreeMap<>();
    List<String> names = List.of("dhcpd-tib.log", "nat.log", "session.log");
    for (int i = 0; i < names.size(); i++) {
      run.progress(new Progress(i, names.size() + 1, names.get(i)));
      digests.put(names.get(i), list(work.resolve(names.get(i)), i, from, to, run));
      if (run.stopped()) {
        return;
      }
    }
    StringBuilder manifest = new StringBuilder();
    digests.forEach(
        (name, digest) -> manifest.append(digest).append("  ").append(name).append('\n'));
    byte[] bytes = manifest.toString().getBytes(StandardCharsets.UTF_8);
    Files.write(work.resolve(MANIFEST), bytes);
    boolean ignored = stamp.stamp(work.resolve(MANIFEST));
    remove(folder);
    Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
    chain.append(day, DayChain.sha256(bytes));
    run.progress(new Progress(names.size() + 1, names.size() + 1, ""));
  }

  private String list(Path file, int which, Instant from, Instant to, JobRun run)
      throws IOException, InterruptedException {
    try (OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file));
        DigestOutputStream out = new DigestOutputStream(plain, sha256())) {
      switch (which) {
        case 0 -> records.leases(from, to, run::stopped, out);
        case 1 -> records.translations(from, to, run::stopped, out);
        default -> records.sessions(from, to, run::stopped, out);
      }
      out.flush();
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** A day is written once: what lies there must be what the chain holds. */
  private static void unchanged(Path folder, String digest) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.exists(manifest) || !DayChain.sha256(Files.readAllBytes(manifest)).equals(digest)) {
      throw new IOException(
          folder + " is not what the chain of days holds; compare " + MANIFEST + " with a copy");
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Path ignored =
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult postVisitDirectory(
                  Path visited, @org.jspecify.annotations.Nullable IOException problem)
                  throws IOException {
                if (problem != null) {
                  throw problem;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
              }
            });
  }
}
