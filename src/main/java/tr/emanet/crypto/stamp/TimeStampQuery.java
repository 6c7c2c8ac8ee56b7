package tr.emanet.crypto.stamp;

import java.io.IOException;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/**
 * A request as {@code openssl ts -query -sha256 -cert -no_nonce} makes it: what formats keep beside
 * an answer as {@code .tsq}, so that {@code openssl ts -verify -queryfile} finds what was stamped.
 * What was sent is another request, with a nonce.
 */
public final class TimeStampQuery {

  private TimeStampQuery() {}

  /**
   * The {@code TimeStampReq} in DER.
   *
   * @param sha256 32 bytes
   */
  public static byte[] of(byte[] sha256) throws IOException {
    if (sha256.length != 32) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + sha256.length);
    }
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    return generator
        .generate(
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE), sha256)
        .getEncoded();
  }
}
