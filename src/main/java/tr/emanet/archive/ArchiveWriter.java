package tr.emanet.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.Digests;

/**
 * Writes one archive: everything somebody needs to check some days of logs without us. It grows in
 * a directory beside its place, named {@code .part}, and is renamed at the end; what a broken run
 * has copied of the segments is kept when it is right.
 */
final class ArchiveWriter {

  /** Free space that must remain beside the archive. */
  static final long SPARE = 256L << 20;

  private static final int BUFFER = 1 << 20;

  /** Where everything comes from. */
  record Sources(
      Path journal,
      Path seals,
      ZoneId zone,
      ArchiveSeal seal,
      AuditLog audit,
      InstantSource clock) {}

  /** Which days, and what of them. */
  record Wanted(LocalDate first, LocalDate last, ArchiveContent content) {}

  /** What was written. */
  record Written(Path directory, int files, long bytes, String manifest) {}

  /** Somebody stopped it; what was copied stays for the next run. */
  static final class StoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("the export was stopped");
    }
  }

  private final Sources from;
  private final LocalDate first;
  private final LocalDate last;
  private final ArchiveContent content;
  private final Verifier.Progress progress;
  private final BooleanSupplier stopped;
  private final NavigableMap<String, String> digests = new TreeMap<>();
  private final Set<X509Certificate> seals = new LinkedHashSet<>();
  private final Set<X509Certificate> authorities = new LinkedHashSet<>();
  private final byte[] buffer = new byte[BUFFER];
  private Path work = Path.of("");
  private long done;
  private long total;

  ArchiveWriter(Sources from, Wanted wanted, Verifier.Progress progress, BooleanSupplier stopped) {
    this.from = from;
    this.first = wanted.first();
    this.last = wanted.last();
    this.content = wanted.content();
    this.progress = progress;
    this.stopped = stopped;
  }

  /**
   * Writes it.
   *
   * @param target a directory that does not exist
   * @throws IOException when nothing of these days is sealed, there is no space, or a file fails
   */
  Written write(Path target) throws IOException, InterruptedException {
    if (Files.exists(target)) {
      throw new IOException(target + " exists already; name another directory or remove it");
    }
    from.seal().now();
    Sealed sealed = Sealed.read(from.seals(), first, last);
    if (sealed.segments().isEmpty()) {
      throw new IOException("nothing was received and sealed from " + first + " to " + last);
    }
    work = target.resolveSibling(target.getFileName() + ".part");
    Files.createDirectories(work);
    mustFit(sealed);
    for (String rest : List.of("seals", "text", "audit", "certificates")) {
      remove(work.resolve(rest));
    }
    segments(sealed);
    seals(sealed);
    if (content.audit()) {
      AuditFile.write(from.audit(), sealed.auditEntries(), work.resolve("audit/entries.txt"));
    }
    new TextFiles(work).write(name -> progress.at(done, total, name));
    certificates();
    statements(sealed);
    String manifest = manifest();
    Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    return new Written(target, digests.size(), done, manifest);
  }

  private void mustFit(Sealed sealed) throws IOException {
    total =
        !content.lines()
            ? 0
            : sealed.segments().values().stream().mapToLong(Sealed.Range::bytes).sum();
    long free = Files.getFileStore(work).getUsableSpace();
    long need = Math.addExact(Math.multiplyExact(total, 2), SPARE);
    if (free < need) {
      throw new IOException(
          "not enough space in "
              + work.getParent()
              + ": "
              + need
              + " bytes are needed, "
              + free
              + " are free; export fewer days or make space");
    }
  }

  private void segments(Sealed sealed) throws IOException {
    Set<String> wanted = new LinkedHashSet<>();
    for (Sealed.Range range : sealed.segments().values()) {
      Path source = from.journal().resolve(range.path());
      if (!content.lines()) {
        continue;
      }
      if (Files.isRegularFile(source)) {
        wanted.add("journal/" + range.path());
        segment(range, source);
        copy(
            from.seals().resolve(range.leafFile()),
            "seals/" + range.leafFile(),
            16 + range.leaves() * 56);
      } else {
        destruction(range.path(), sealed);
      }
    }
    for (String name : below(work.resolve("journal"))) {
      if (!wanted.contains(name)) {
        Files.delete(work.resolve(name));
      }
    }
  }

  /** A whole copy that an earlier run has left is only read. */
  private void segment(Sealed.Range range, Path source) throws IOException {
    String name = "journal/" + range.path();
    Path there = work.resolve(name);
    if (range.closed() && Files.isRegularFile(there) && Files.size(there) == range.bytes()) {
      String digest = digest(there);
      if (digest.equals(range.digest())) {
        digests.put(name, digest);
        advance(range.bytes(), name);
        return;
      }
    }
    copy(source, name, range.bytes());
    advance(range.bytes(), name);
  }

  private void advance(long bytes, String name) throws IOException {
    done += bytes;
    progress.at(done, total, name);
    if (stopped.getAsBoolean()) {
      throw new StoppedException();
    }
  }

  /** Copies at most so many bytes; a file that is missing is left out, the verifier names it. */
  private void copy(Path source, String name, long most) throws IOException {
    if (!Files.isRegularFile(source)) {
      return;
    }
    Path to = work.resolve(name);
    Files.createDirectories(to.getParent());
    MessageDigest digest = Digests.sha256();
    try (InputStream in = Files.newInputStream(source);
        OutputStream out = Files.newOutputStream(to)) {
      long left = most;
      for (int n;
          left > 0 && (n = in.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0;
          left -= n) {
        out.write(buffer, 0, n);
        digest.update(buffer, 0, n);
      }
    }
    digests.put(name, HexFormat.of().formatHex(digest.digest()));
  }

  private void copySeal(String file) throws IOException {
    copy(from.seals().resolve(file), "seals/" + file, Long.MAX_VALUE);
    if (file.endsWith(".p7s")) {
      seals.addAll(Certificates.inSignature(Files.readAllBytes(work.resolve("seals/" + file))));
    } else if (file.endsWith(".tsr")) {
      authorities.addAll(Certificates.inStamp(Files.readAllBytes(work.resolve("seals/" + file))));
    }
  }

  private void seals(Sealed sealed) throws IOException {
    for (String file : sealed.files()) {
      copySeal(file);
    }
    Set<LocalDate> before = Sealed.allDays(from.seals()).headSet(sealed.days().first(), false);
    for (LocalDate day : List.copyOf(before).reversed()) {
      String root = Sealed.directory(day) + "/root.sha256";
      if (Files.isRegularFile(from.seals().resolve(root))) {
        for (String ending : List.of("", ".p7s", ".p7s.tsr")) {
          if (Files.isRegularFile(from.seals().resolve(root + ending))) {
            copySeal(root + ending);
          }
        }
        return;
      }
    }
  }

  /** The record of a destruction after these days, when there is one. */
  private void destruction(String segment, Sealed sealed) throws IOException {
    String line = "\nsegment " + segment + ' ';
    for (LocalDate day : Sealed.allDays(from.seals())) {
      for (String name :
          Sealed.names(from.seals().resolve(Sealed.directory(day)), "[0-9]{12}\\.destruction")) {
        String file = Sealed.directory(day) + '/' + name;
        boolean there = sealed.files().contains(file) || digests.containsKey("seals/" + file);
        if (!there && Files.readString(from.seals().resolve(file)).contains(line)) {
          copySeal(file);
          copySeal(file + ".p7s");
        }
      }
    }
  }

  private void certificates() throws IOException {
    seals.add(from.seal().certificate());
    try {
      put("certificates/seal.pem", Certificates.pem(seals));
      if (!authorities.isEmpty()) {
        put("certificates/tsa.pem", Certificates.pem(authorities));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate cannot be written: " + e.getMessage(), e);
    }
  }

  private void statements(Sealed sealed) throws IOException {
    String text =
        "emanet-archive 1\nmade "
            + TextLines.time(from.clock().instant())
            + "\nzone "
            + from.zone()
            + "\nfrom "
            + first
            + "\nto "
            + last
            + "\ncheckpoints "
            + sealed.firstNumber()
            + ' '
            + sealed.lastNumber()
            + (content.leftOut().isEmpty() ? "" : "\nleft-out " + content.leftOut())
            + "\nend\n";
    put("archive.txt", text.getBytes(StandardCharsets.US_ASCII));
    put(Verifier.FILE, Verifier.source());
    put(Readme.FILE, Readme.text(first, last, content));
  }

  private void put(String name, byte[] bytes) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private String manifest() throws IOException {
    Files.deleteIfExists(work.resolve("MANIFEST.sha256"));
    Files.deleteIfExists(work.resolve("MANIFEST.sha256.p7s"));
    digests.keySet().retainAll(below(work));
    for (String name : below(work)) {
      if (!digests.containsKey(name)) {
        digests.put(name, digest(work.resolve(name)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry : digests.entrySet()) {
      text.append(entry.getValue()).append("  ").append(entry.getKey()).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    put("MANIFEST.sha256", bytes);
    put("MANIFEST.sha256.p7s", from.seal().sign(bytes));
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }

  private String digest(Path file) throws IOException {
    MessageDigest digest = Digests.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      for (int n; (n = in.read(buffer)) > 0; ) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private List<String> below(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> work.relativize(file).toString())
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Removes a directory with all that is in it. */
  static void remove(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
