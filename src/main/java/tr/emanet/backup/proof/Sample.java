package tr.emanet.backup.proof;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.crypto.Digests;

/**
 * Reads a random part of a repository: packs, whose bytes must have their name, and files of the
 * newest snapshot, every blob of which is opened, unpacked and compared with its id. One thread.
 */
final class Sample {

  /** The share of the packs, in percent, and the fewest. */
  private static final int PERCENT = 5;

  private static final int MIN_PACKS = 3;
  private static final int PIECE = 8 << 20;
  private static final int FILES = 50;

  /** Files of more than this are read up to here. */
  private static final long FILE_BYTES = 256L << 20;

  private final Repository repository;
  private final Random random;
  private final ProofWatch watch;
  private final List<String> findings;
  private long objects;
  private long bytes;

  Sample(Repository repository, Random random, ProofWatch watch, List<String> findings) {
    this.repository = repository;
    this.random = random;
    this.watch = watch;
    this.findings = findings;
  }

  long objects() {
    return objects;
  }

  long bytes() {
    return bytes;
  }

  void run() throws IOException {
    packs();
    List<Snapshot> all = Snapshot.all(repository);
    if (!all.isEmpty() && !watch.stopped()) {
      try (Contents contents = Contents.open(repository)) {
        files(contents, all.getLast());
      }
    }
  }

  private void packs() throws IOException {
    List<Target.Entry> packs = new ArrayList<>(repository.target().list(ObjectKind.DATA));
    packs.removeIf(pack -> !pack.name().matches("[0-9a-f]{64}"));
    Collections.shuffle(packs, random);
    int wanted = Math.max(MIN_PACKS, (packs.size() * PERCENT + 99) / 100);
    List<Target.Entry> chosen = packs.subList(0, Math.min(wanted, packs.size()));
    long total = chosen.stream().mapToLong(Target.Entry::size).sum();
    for (Target.Entry pack : chosen) {
      if (watch.stopped()) {
        return;
      }
      String what = "data/" + pack.name();
      watch.at(bytes, total, what);
      try {
        objects++;
        if (!digest(pack).equals(pack.name())) {
          findings.add(what + ": is damaged: its bytes do not have its name");
        }
      } catch (IOException e) {
        findings.add(what + ": " + e.getMessage());
      }
    }
  }

  /** In pieces: the size is what the place says, and may be anything. */
  private String digest(Target.Entry pack) throws IOException {
    MessageDigest digest = Digests.sha256();
    byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, pack.size()))];
    for (long at = 0; at < pack.size() && !watch.stopped(); at += piece.length) {
      int length = (int) Math.min(piece.length, pack.size() - at);
      repository.target().readAt(ObjectKind.DATA, pack.name(), at, piece, length);
      digest.update(piece, 0, length);
      bytes += length;
    }
    return watch.stopped() ? pack.name() : hex(digest.digest());
  }

  private void files(Contents contents, Snapshot snapshot) {
    Survey survey = Survey.of(contents, snapshot, new DrillScope(FILES, Long.MAX_VALUE), random);
    findings.addAll(survey.problems());
    for (Survey.Chosen file : survey.chosen()) {
      if (watch.stopped()) {
        return;
      }
      watch.at(bytes, 0, file.path());
      objects++;
      read(contents, file);
    }
  }

  private void read(Contents contents, Survey.Chosen file) {
    long of = 0;
    for (Id id : file.node().content()) {
      if (of >= FILE_BYTES || watch.stopped()) {
        return;
      }
      int entry = contents.entry(id);
      if (entry < 0) {
        findings.add(file.path() + ": data blob " + id + " is in no index");
        return;
      }
      Contents.Piece piece = contents.piece(entry);
      byte[] sealed = new byte[piece.length()];
      try {
        contents.read(piece.pack(), piece.offset(), sealed, sealed.length);
        of += contents.unpack(sealed, 0, entry).length;
        bytes += sealed.length;
      } catch (IOException e) {
        findings.add(file.path() + ": " + e.getMessage());
        return;
      }
    }
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  static boolean isDigest(MessageDigest digest, Id id) {
    return hex(digest.digest()).equals(id.hex());
  }
}
