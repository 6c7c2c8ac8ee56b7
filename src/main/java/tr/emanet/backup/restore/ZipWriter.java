package tr.emanet.backup.restore;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.GoQuote;
import tr.emanet.backup.restic.Node;

/** Zip with UTF-8 names; files beyond 4 GiB make it Zip64. */
final class ZipWriter implements ArchiveWriter {

  private static final Instant EARLIEST = Instant.parse("1980-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2099-12-30T00:00:00Z");

  /** All entries stay in memory until the end, some 400 bytes each; tar has no such limit. */
  static final int ENTRIES = 200_000;

  private final ZipOutputStream zip;
  private int entries;

  ZipWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  @Override
  public String harmless(byte[] name) {
    return SnapshotArchive.harmless(name, false);
  }

  @Override
  public String shown(String path) {
    return GoQuote.quote(path.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void directory(String path, Node node) throws IOException {
    open(path, node.facts());
    zip.closeEntry();
  }

  @Override
  public void begin(String path, Node.Facts facts, long size) throws IOException {
    open(path, facts);
  }

  private void open(String path, Node.Facts facts) throws IOException {
    entries++;
    if (entries > ENTRIES) {
      throw new BackupException("a zip holds at most " + ENTRIES + " entries; choose tar");
    }
    ZipEntry entry = new ZipEntry(path);
    Instant time = facts.modified();
    Instant latest = time.isAfter(LATEST) ? LATEST : time;
    entry.setLastModifiedTime(FileTime.from(latest.isBefore(EARLIEST) ? EARLIEST : latest));
    zip.putNextEntry(entry);
  }

  @Override
  public void content(byte[] plain) throws IOException {
    zip.write(plain);
  }

  @Override
  public void end(long size) throws IOException {
    zip.closeEntry();
  }

  @Override
  public void finish() throws IOException {
    zip.finish();
  }
}
