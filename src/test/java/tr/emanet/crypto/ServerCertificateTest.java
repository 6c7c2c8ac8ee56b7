package tr.emanet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {

  private final Instant now = Instant.now();

  @TempDir private Path keys = Path.of(".");

  private ServerCertificate open(Instant at) throws CryptoException {
    return ServerCertificate.openOrCreate(
        keys,
        Set.of("emanet.belediye.example", "bad name"),
        new SecureRandom(),
        InstantSource.fixed(at));
  }

  @Test
  void isMadeOnceAndOnlyItsOwnerMayReadIt() throws Exception {
    ServerCertificate made = open(now);
    ServerCertificate again = open(now);

    assertThat(again.fingerprint()).isEqualTo(made.fingerprint()).hasSize(64);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.file())))
        .isEqualTo("rw-------");
    assertThat(made.certificate().getSubjectAlternativeNames().toString())
        .contains("localhost", "emanet.belediye.example", "127.0.0.1", "0:0:0:0:0:0:0:1")
        .doesNotContain("bad name");
  }

  @Test
  void isRenewedWithTheSameKeyBeforeItEnds() throws Exception {
    ServerCertificate made = open(now);
    ServerCertificate renewed = open(now.plus(Duration.ofDays(780)));

    assertThat(renewed.fingerprint()).isNotEqualTo(made.fingerprint());
    assertThat(renewed.certificate().getPublicKey()).isEqualTo(made.certificate().getPublicKey());
  }

  @Test
  void servesTlsToAClientThatChecksTheHostName() throws Exception {
    ServerCertificate made = open(now);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("emanet", made.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);

    try (SSLServerSocket server =
        (SSLServerSocket)
            made.serverContext(null)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.ofVirtual().start(() -> answer(server));
      try (SSLSocket socket =
          (SSLSocket)
              client
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);

        assertThat(socket.getInputStream().read()).isEqualTo('x');
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      }
      answering.join();
    }
  }

  private static void answer(SSLServerSocket server) {
    try (var socket = server.accept()) {
      socket.getOutputStream().write('x');
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void namesFileAndRemedyWhenTheKeyStoreIsDamaged() throws Exception {
    Files.writeString(keys.resolve("server.p12"), "rubbish");

    assertThatThrownBy(() -> open(now))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("server.p12")
        .hasMessageContaining("move the file away");
  }

  @Test
  void acceptsOnlyAnAuthoritiesFileWithCertificates() throws Exception {
    ServerCertificate made = open(now);
    Path empty = Files.writeString(keys.resolve("empty.pem"), "nothing");
    Path good =
        Files.writeString(
            keys.resolve("good.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(made.certificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n");

    assertThat(made.serverContext(good)).isNotNull();
    assertThatThrownBy(() -> made.serverContext(empty)).hasMessageContaining("empty.pem");
  }
}
