package tr.emanet.backup.seal;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;

/** Compares what is stored with what the seals add up to. */
public final class SealVerification {

  private SealVerification() {}

  /**
   * Checks a repository; needs no password.
   *
   * @param repository id in its configuration; empty when it is not known
   * @param readAll whether every stored byte is read and its digest compared
   * @param expected a head kept elsewhere; null without one
   */
  public static SealReport verify(
      Target target,
      String repository,
      SealTrust trust,
      boolean readAll,
      @Nullable SealHead expected,
      Instant now)
      throws IOException {
    SealFolder folder = SealFolder.of(target);
    SealChain chain = SealChain.read(folder, repository, trust, now);
    List<SealFinding> findings = new ArrayList<>(chain.findings());
    findings.addAll(new DayCheck(folder, chain, trust).check());
    authorities(folder, findings);
    expected(chain, expected, findings);
    NavigableMap<String, Stored.Item> stored = Stored.list(target);
    long read = compare(target, chain, stored, readAll, findings);
    return new SealReport(chain.head(), chain.set().size(), read, findings);
  }

  private static long compare(
      Target target,
      SealChain chain,
      NavigableMap<String, Stored.Item> stored,
      boolean readAll,
      List<SealFinding> findings)
      throws IOException {
    long read = 0;
    for (Map.Entry<String, String> sealed : chain.set().entrySet()) {
      String path = sealed.getKey();
      Stored.Item item = stored.get(path);
      if (item == null) {
        findings.add(
            path.startsWith("snapshots/")
                ? new SealFinding.MissingSnapshot(path)
                : new SealFinding.Missing(path));
        continue;
      }
      String digest = item.digest();
      if (readAll && item.kind() != ObjectKind.CONFIG) {
        digest = Stored.read(target, item);
        read += item.size();
      }
      if (!digest.equals(sealed.getValue())) {
        findings.add(new SealFinding.Altered(path, "does not have the bytes that were sealed"));
      }
    }
    for (Map.Entry<String, Stored.Item> entry : stored.entrySet()) {
      String path = entry.getKey();
      if (!chain.set().containsKey(path)) {
        findings.add(
            path.startsWith("snapshots/")
                ? new SealFinding.UnsealedSnapshot(path)
                : new SealFinding.Foreign(path));
      }
    }
    return read;
  }

  private static void expected(
      SealChain chain, @Nullable SealHead expected, List<SealFinding> findings) {
    if (expected == null || expected.sequence() == 0) {
      return;
    }
    String name = "seals/" + SealFolder.name(expected.sequence(), ".json");
    if (chain.head().sequence() < expected.sequence()) {
      findings.add(
          new SealFinding.RolledBack(
              name,
              "is known elsewhere and not here: the repository was put back to seal "
                  + chain.head().sequence()));
    } else if (chain.links().stream()
        .noneMatch(
            link ->
                link.seal().sequence() == expected.sequence()
                    && link.digest().equals(expected.digest()))) {
      findings.add(
          new SealFinding.RolledBack(name, "has another digest than the one kept elsewhere"));
    }
  }

  /** Certificates of authorities are a help; what is there must be what we write. */
  private static void authorities(SealFolder folder, List<SealFinding> findings)
      throws IOException {
    byte[] pem = folder.read(SealFolder.AUTHORITIES);
    String object = "seals/" + SealFolder.AUTHORITIES;
    if (pem == null) {
      if (folder.names().stream().anyMatch(name -> name.endsWith(".tsr"))) {
        findings.add(new SealFinding.Broken(object, "is missing"));
      }
      return;
    }
    try {
      List<X509Certificate> all = Pems.parse(pem, object);
      if (!Arrays.equals(Pems.encode(all), pem) || !Pems.closed(all)) {
        findings.add(new SealFinding.Broken(object, "is altered"));
      }
    } catch (BackupException e) {
      findings.add(new SealFinding.Broken(object, "is altered: " + e.getMessage()));
    }
  }
}
