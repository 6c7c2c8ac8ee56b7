package tr.emanet.backup.seal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.stamp.TimeStamper;
import tr.emanet.crypto.stamp.TimeStamping;

/** Writes the file of each day that is over and has it stamped, once. */
public final class SealDays {

  /** How the line of a day ends that nobody was asked to stamp. */
  public static final String NO_AUTHORITY = "no time stamp authority is set";

  private final InstantSource clock;
  private final ZoneId zone;
  private final @Nullable TimeStamper stamper;

  SealDays(InstantSource clock, ZoneId zone, @Nullable TimeStamper stamper) {
    this.clock = clock;
    this.zone = zone;
    this.stamper = stamper;
  }

  /** Returns a line for each day that has no stamp. */
  List<String> close(SealFolder folder, SealChain chain) throws IOException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    Map<LocalDate, List<DayFile.Line>> lines = new TreeMap<>();
    Set<LocalDate> ahead = new TreeSet<>();
    Closed closed = new Closed(folder, new HashMap<>());
    for (SealChain.Link link : chain.links()) {
      LocalDate own = LocalDate.ofInstant(link.seal().time(), zone);
      LocalDate day = chain.turned() ? closed.home(own, link.digest()) : own;
      lines
          .computeIfAbsent(day, d -> new ArrayList<>())
          .add(new DayFile.Line(link.seal().sequence(), link.digest()));
      if (own.isAfter(today)) {
        ahead.add(day); // the clock was ahead: nobody wants to wait for that day
      }
    }
    List<String> unstamped = new ArrayList<>();
    for (Map.Entry<LocalDate, List<DayFile.Line>> entry : lines.entrySet()) {
      if (entry.getKey().isBefore(today) || ahead.contains(entry.getKey())) {
        day(folder, chain, entry.getKey().toString(), DayFile.encode(entry.getValue()), unstamped);
      }
    }
    return unstamped;
  }

  /** Which seals the lists that are written name, after a clock that went back. */
  private record Closed(SealFolder folder, Map<LocalDate, Set<String>> known) {

    /** The day in whose list a seal stands or may come: a closed list takes no more. */
    LocalDate home(LocalDate own, String digest) throws IOException {
      LocalDate day = own;
      Set<String> there = digests(day);
      while (!there.isEmpty() && !there.contains(digest)) {
        day = day.plusDays(1);
        there = digests(day);
      }
      return day;
    }

    private static Set<String> named(byte[] list) {
      try {
        return DayFile.parse(list).stream().map(DayFile.Line::digest).collect(Collectors.toSet());
      } catch (BackupException e) {
        return Set.of(); // altered: it does not equal what is written, and that is told
      }
    }

    private Set<String> digests(LocalDate day) throws IOException {
      Set<String> found = known.get(day);
      if (found == null) {
        byte[] list = folder.read(DayFile.name(day.toString()));
        found = list == null ? Set.of() : named(list);
        known.put(day, found);
      }
      return found;
    }
  }

  private void day(
      SealFolder folder, SealChain chain, String day, byte[] list, List<String> unstamped)
      throws IOException {
    String name = DayFile.name(day);
    byte[] there = folder.read(name);
    if (there == null) {
      if (chain.days().containsKey(day)) {
        unstamped.add(day + ": the list was there and is missing; check the repository");
        return;
      }
      folder.write(name, list);
    } else if (!Seal.digest(there).equals(Seal.digest(list))) {
      unstamped.add(day + ": the list is altered and is not stamped; check the repository");
      return;
    }
    Seal.Day known = chain.days().get(day);
    boolean once = known != null && !known.stamp().isEmpty();
    if (once || folder.read(name + ".tsr") != null) {
      return;
    }
    if (stamper == null) {
      unstamped.add(day + ": " + NO_AUTHORITY);
      return;
    }
    switch (stamper.stamp(Digests.sha256().digest(list))) {
      case TimeStamping.Granted granted -> {
        authorities(folder, granted.chain());
        folder.write(name + ".tsr", granted.response());
      }
      case TimeStamping.Refused refused -> unstamped.add(day + ": " + refused.reason());
    }
  }

  private static void authorities(SealFolder folder, List<X509Certificate> chain)
      throws IOException {
    Set<X509Certificate> all = new LinkedHashSet<>();
    byte[] before = folder.read(SealFolder.AUTHORITIES);
    if (before != null) {
      try {
        all.addAll(Pems.parse(before, SealFolder.AUTHORITIES));
      } catch (BackupException e) {
        // Altered; it is a help for auditors only, and is made anew.
        all.clear();
      }
    }
    if (all.addAll(chain) || before == null) {
      folder.write(SealFolder.AUTHORITIES, Pems.encode(all));
    }
  }
}
