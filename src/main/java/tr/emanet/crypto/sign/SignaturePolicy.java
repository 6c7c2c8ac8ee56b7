package tr.emanet.crypto.sign;

/**
 * The signature policy that a signature names, of the Turkish guide "Elektronik İmza Kullanım
 * Profilleri Rehberi".
 */
public enum SignaturePolicy {
  /** No policy attribute: profile P1. */
  NONE(""),
  /** Profile P2: a time stamp inside, revocation by CRL. */
  TURKISH_P2("2.16.792.1.61.0.1.5070.3.1.1");

  /** SHA-256 of the policy document, the same for all profiles. */
  static final String DOCUMENT_SHA256 =
      "ff39bd29463383f69b2052ac47439e06ce7c3b8646e888b6e5ae3e46ba08117a";

  private final String oid;

  SignaturePolicy(String oid) {
    this.oid = oid;
  }

  /** Object identifier in dotted form; empty for {@link #NONE}. */
  public String oid() {
    return oid;
  }
}
