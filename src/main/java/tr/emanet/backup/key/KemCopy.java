package tr.emanet.backup.key;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.envelope.KemEnvelopes;

/**
 * The extra copy of an envelope for holders with ML-KEM keys, {@code password.mlkem.p7m} beside the
 * envelope. There is none when nobody else holds the escrow: it is never the only way in.
 */
record KemCopy(
    KeyFolder folder, EscrowCertificates escrow, OperationsKey operations, SecureRandom random) {

  /** Makes it anew, or takes it away, as the certificates are now. */
  void write(EraRecord era, Secret password) throws IOException {
    List<X509Certificate> holders = List.copyOf(escrow.extra().values());
    X509Certificate own = operations.certificate();
    boolean others = escrow.all().values().stream().anyMatch(one -> !one.equals(own));
    if (holders.isEmpty() || !others) {
      folder.removeExtra(era);
      return;
    }
    byte[] text = password.copy();
    try {
      folder.writeExtra(era, new KemEnvelopes(random).seal(text, holders));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}
