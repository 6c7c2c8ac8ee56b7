package tr.emanet.backup.seal;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.stamp.TimeStampCheck;

/** Checks the daily files of a chain and their time stamps. One thread. */
final class DayCheck {

  private final SealFolder folder;
  private final SealChain chain;
  private final SealTrust trust;
  private final NavigableMap<Long, String> named = new TreeMap<>();
  private final List<SealFinding> findings = new ArrayList<>();

  DayCheck(SealFolder folder, SealChain chain, SealTrust trust) {
    this.folder = folder;
    this.chain = chain;
    this.trust = trust;
  }

  List<SealFinding> check() throws IOException {
    NavigableSet<String> names = new TreeSet<>(folder.names());
    names.removeIf(name -> !name.startsWith("daily/"));
    long next = 1;
    for (String name : names) {
      if (DayFile.isName(name)) {
        next = seals(name, chain.turned() ? 0 : next);
        stamp(name, names.contains(name + ".tsr"));
      } else if (!name.endsWith(".tsr") || !names.contains(name.substring(0, name.length() - 4))) {
        broken(name, "stands for no day: the day's list is missing");
      }
    }
    if (chain.turned()) {
      unnamed();
    }
    for (Seal.Day day : chain.days().values()) {
      if (!names.contains(DayFile.name(day.name()))) {
        broken(DayFile.name(day.name()), "is missing");
      }
    }
    return findings;
  }

  /**
   * Without the order of all lists: a seal that none names, though a later day names a later seal.
   * A day of slack, because a list is one of the machine's own zone; days that have not come by the
   * newest seal were written while the clock was ahead.
   */
  private void unnamed() {
    LocalDate newest = day(chain.links().getLast().seal()).plusDays(1);
    for (SealChain.Link link : chain.links()) {
      long sequence = link.seal().sequence();
      LocalDate own = day(link.seal()).plusDays(1);
      boolean passed =
          named.tailMap(sequence, false).values().stream()
              .map(name -> LocalDate.parse(DayFile.day(name)))
              .anyMatch(list -> list.isAfter(own) && !list.isAfter(newest));
      if (passed && !named.containsKey(sequence)) {
        broken(SealFolder.name(sequence, ".json"), "is in no list of a day");
      }
    }
  }

  private static LocalDate day(Seal seal) {
    return LocalDate.ofInstant(seal.time(), ZoneOffset.UTC);
  }

  private long seals(String name, long from) throws IOException {
    byte[] bytes = read(name);
    Seal.Day known = chain.days().get(DayFile.day(name));
    if (known != null && !known.digest().equals(Seal.digest(bytes))) {
      broken(name, "is altered: a seal names another digest");
    }
    long next = from;
    try {
      for (DayFile.Line line : DayFile.parse(bytes)) {
        // Where the clock went back, numbers only rise within a list.
        boolean stands = chain.turned() ? line.sequence() >= next : line.sequence() == next;
        if (!stands || named.put(line.sequence(), name) != null) {
          broken(name, "names seal " + line.sequence() + " where " + next + " must stand");
        }
        next = line.sequence() + 1;
        if (chain.links().stream().noneMatch(link -> link.digest().equals(line.digest()))) {
          broken(name, "names another digest of seal " + line.sequence());
        }
      }
    } catch (BackupException e) {
      broken(name, String.valueOf(e.getMessage()));
    }
    return next;
  }

  private void stamp(String name, boolean there) throws IOException {
    String file = name + ".tsr";
    Seal.Day known = chain.days().get(DayFile.day(name));
    String stamp = known == null ? "" : known.stamp();
    boolean sealed = !stamp.isEmpty();
    if (!there) {
      if (sealed) {
        broken(file, "is missing, and a seal names it");
      } else {
        findings.add(
            new SealFinding.Unstamped("seals/" + name, "has no time stamp: it is not proven when"));
      }
      return;
    }
    byte[] response = read(file);
    if (sealed && !stamp.equals(Seal.digest(response))) {
      broken(file, "is altered: a seal names another digest");
    }
    byte[] imprint = Digests.sha256().digest(read(name));
    if (trust.authorities().isEmpty()) {
      findings.add(
          new SealFinding.Unstamped("seals/" + file, "is not judged: no authority is trusted"));
    } else if (TimeStampCheck.response(response, imprint, trust.authorities())
        instanceof TimeStampCheck.Result.Invalid invalid) {
      broken(file, invalid.reason());
    }
  }

  private byte[] read(String name) throws IOException {
    byte[] bytes = folder.read(name);
    return bytes == null ? new byte[0] : bytes;
  }

  private void broken(String name, String text) {
    findings.add(new SealFinding.Broken("seals/" + name, text));
  }
}
