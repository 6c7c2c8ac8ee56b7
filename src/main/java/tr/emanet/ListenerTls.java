package tr.emanet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.ServerCertificate;

/**
 * The TLS context of the syslog listener, made anew once a minute: a changed file of authorities
 * counts soon, and a flood of connections reads no files. Thread-safe.
 */
final class ListenerTls implements Supplier<SSLContext> {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Supplier<ServerCertificate> certificate;
  private final @Nullable Path clientAuthorities;
  private final InstantSource clock;
  private @Nullable SSLContext context;
  private Instant madeAt = Instant.MIN;

  ListenerTls(
      Supplier<ServerCertificate> certificate,
      @Nullable Path clientAuthorities,
      InstantSource clock) {
    this.certificate = certificate;
    this.clientAuthorities = clientAuthorities;
    this.clock = clock;
  }

  /**
   * The context for one connection.
   *
   * @throws IllegalStateException when a file cannot be used; the message names it
   */
  @Override
  public synchronized SSLContext get() {
    Instant now = clock.instant();
    SSLContext kept = context;
    if (kept != null && now.isBefore(madeAt.plus(KEPT)) && !now.isBefore(madeAt)) {
      return kept;
    }
    try {
      SSLContext made = certificate.get().serverContext(clientAuthorities);
      context = made;
      madeAt = now;
      return made;
    } catch (CryptoException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
