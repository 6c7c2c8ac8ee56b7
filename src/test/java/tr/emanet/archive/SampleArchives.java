package tr.emanet.archive;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import tr.emanet.archive.http.ArchivesResource;
import tr.emanet.archive.http.ArchivesScreenResource;
import tr.emanet.archive.http.Destruction;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.job.Jobs;
import tr.emanet.store.Database;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** Three sealed days for the screens: one stamped, one not, one not over. */
public final class SampleArchives {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Instant NOW = Instant.parse("2026-11-22T00:12:00Z");

  private final Path state;
  private final Jobs jobs;
  private final ArchiveDesk desk;
  private final FixtureKeys keys;
  private final Semaphore go = new Semaphore(1);

  public SampleArchives() {
    try {
      Path directory = Files.createTempDirectory("emanet-archives");
      directory.toFile().deleteOnExit();
      state = Files.createDirectory(directory.resolve("state"));
      keys = FixtureKeys.elliptic();
      SealFixture log = SealFixture.threeDays(state, keys, 9);
      Database database = Database.open(directory, List.of("audit", "job", "archive"));
      AtomicReference<Instant> now = new AtomicReference<>(NOW);
      AuditLog audit = new AuditLog(database, now::get);
      for (SealFixture.Act act : log.acts) {
        now.set(act.at());
        audit.record(
            act.actor(),
            act.action(),
            act.key().isEmpty() ? Map.of() : Map.of(act.key(), act.value()));
      }
      now.set(NOW);
      jobs = new Jobs(database, now::get, 20);
      desk =
          new ArchiveDesk(
              new ArchiveWork.Parts(state, ZONE, new Seal(keys, go), database, audit, now::get),
              jobs,
              day -> day.equals(LocalDate.of(2026, 11, 20)) ? "Savcılık 2026/114" : "");
      jobs.start();
    } catch (Exception e) {
      throw new IllegalStateException("no archives for the test", e);
    }
  }

  private record Seal(FixtureKeys keys, Semaphore go) implements ArchiveSeal {
    @Override
    public void now() throws InterruptedException {
      // The fixture is sealed; a test may hold back what waits for it.
      go.acquire();
      go.release();
    }

    @Override
    public byte[] sign(byte[] content) throws IOException {
      try {
        return keys.sign(content);
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public X509Certificate certificate() {
      return keys.seal().certificate();
    }
  }

  /** Nothing is destroyed. */
  private record Calm() implements Destruction {
    @Override
    public Optional<Integer> percent() {
      return Optional.empty();
    }

    @Override
    public boolean stop(Principal who) {
      return false;
    }
  }

  /** Puts page and API into a server. */
  public void install(Environment environment, Pages pages, Shells shells) {
    environment.lifecycle().manage(new AutoCloseableManager(jobs));
    environment.jersey().register(new ArchivesResource(desk, shells, ZONE, () -> NOW));
    environment
        .jersey()
        .register(
            new ArchivesScreenResource(
                desk,
                () ->
                    new SealFacts(
                        List.of(
                            new SealKeyFact("seal", keys.seal().certificate()),
                            new SealKeyFact("stamp", keys.authority().certificate()),
                            new SealKeyFact("stamp-root", keys.authority().certificate())),
                        "keys/seal.p12",
                        List.of(
                            new SealFacts.Event(
                                NOW, "local:0", "seal.import", "CN=Emanet seal", "ab".repeat(32)))),
                new Calm(),
                ZONE,
                pages,
                shells));
  }

  /** Holds back every job, or lets them go on. */
  public void hold(boolean on) throws InterruptedException {
    if (on) {
      go.acquire();
    } else {
      go.release();
    }
  }

  /** Flips one bit in the segment of the second day. */
  public void tamper() throws IOException {
    try (Stream<Path> files = Files.walk(state.resolve("journal/general/2026/11/21"))) {
      Path segment = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(segment);
      bytes[500] ^= 1;
      Files.write(segment, bytes);
    }
  }
}
