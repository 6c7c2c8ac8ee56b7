package tr.emanet.intake.syslog;

import java.io.IOException;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import tr.emanet.intake.RefusalReason;

/**
 * What a TLS listener demands of a client beyond the JDK's own rules, and in which words a failed
 * handshake is counted. The JDK lets pass what is weak today: RSA keys of 1,024 bits and SHA-1
 * signatures of private authorities (NIST SP 800-131A revision 2 disallows both). Immutable.
 */
final class TlsRules implements AlgorithmConstraints {

  private static final int RSA_BITS = 2_048;
  private static final int EC_BITS = 224;

  /** Applies versions, ciphers' order, client authentication and these constraints. */
  static void apply(SSLSocket socket, SyslogOptions.ClientAuth clientAuth) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setUseCipherSuitesOrder(true);
    parameters.setAlgorithmConstraints(new TlsRules());
    switch (clientAuth) {
      case NONE -> parameters.setWantClientAuth(false);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    socket.setSSLParameters(parameters);
  }

  /** Why a handshake failed, as far as the JDK tells. */
  static RefusalReason reason(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CertificateException || t instanceof CertPathValidatorException) {
        return RefusalReason.TLS_CERTIFICATE;
      }
    }
    // The JDK has no types for these; words that a later JDK changes fall back to the last line.
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (words.contains("unrecognized ssl message") || words.contains("unsupported record")) {
      return RefusalReason.TLS_MISSING;
    }
    if (words.contains("protocol version") || words.contains("requested protocol")) {
      return RefusalReason.TLS_VERSION;
    }
    return words.contains("certificate chain") || words.contains("no client certificate")
        ? RefusalReason.TLS_CERTIFICATE
        : RefusalReason.TLS_HANDSHAKE;
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
    String name = algorithm.toUpperCase(Locale.ROOT).replace("-", "");
    return !(name.startsWith("SHA1WITH") || name.startsWith("MD5WITH") || name.startsWith("MD2"));
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return switch (key) {
      case RSAKey rsa -> rsa.getModulus().bitLength() >= RSA_BITS;
      case ECKey ec -> ec.getParams().getOrder().bitLength() >= EC_BITS;
      default -> true;
    };
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives,
      String algorithm,
      Key key,
      @Nullable AlgorithmParameters parameters) {
    return permits(primitives, algorithm, parameters) && permits(primitives, key);
  }
}
