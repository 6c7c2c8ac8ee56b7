package tr.emanet.crypto.sign;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import tr.emanet.crypto.CryptoException;

/**
 * Signs for the machine: a detached CMS signature (RFC 5652, CAdES-B-B) in DER with SHA-256, ESS
 * signing-certificate-v2 and the signing time. Implementations are safe for many threads.
 */
public interface MachineSeal {

  /** Signs the bytes; the signature does not contain them. */
  byte[] sign(byte[] content) throws CryptoException;

  /** Signs what the stream gives until its end; does not close it. */
  byte[] sign(InputStream content) throws IOException;

  /**
   * Signs content of which only the digest is known.
   *
   * @param sha256 SHA-256 of the content, 32 bytes
   */
  byte[] signDigest(byte[] sha256) throws CryptoException;

  /** The certificate that signs now. */
  X509Certificate certificate();

  /** The certificate that signs now, then all that signed before it, newest first. */
  List<X509Certificate> certificates();

  /** SHA-256 of the DER of {@link #certificate}, 64 lower-case hex digits. */
  String keyId();
}
