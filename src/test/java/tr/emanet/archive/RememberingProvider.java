package tr.emanet.archive;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks each distinct (key, content, signature) once, by the JDK, and remembers the answer: a test
 * that checks the same untouched files thousands of times would spend its time on nothing else.
 */
@SuppressWarnings("serial") // never written anywhere
final class RememberingProvider extends Provider {

  static final String NAME = "Remembering";
  private static final String ALGORITHM = "SHA256withRSA";

  RememberingProvider() {
    super(NAME, "1", "remembers verified signatures");
    Map<ByteBuffer, Boolean> known = new ConcurrentHashMap<>();
    putService(
        new Service(
            this, "Signature", ALGORITHM, Remembering.class.getName(), List.of(), Map.of()) {
          @Override
          public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            try {
              return new Remembering(Signature.getInstance(ALGORITHM, "SunRsaSign"), known);
            } catch (java.security.NoSuchProviderException e) {
              throw new NoSuchAlgorithmException(e);
            }
          }
        });
  }

  private static final class Remembering extends SignatureSpi {
    private final Signature real;
    private final Map<ByteBuffer, Boolean> known;
    private @Nullable PublicKey key;
    private final java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();

    Remembering(Signature real, Map<ByteBuffer, Boolean> known) {
      this.real = real;
      this.known = known;
    }

    @Override
    protected void engineInitVerify(PublicKey key) {
      this.key = key;
      content.reset();
      content.writeBytes(key.getEncoded());
    }

    @Override
    protected void engineUpdate(byte b) {
      content.write(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int from, int length) {
      content.write(bytes, from, length);
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      int end = content.size();
      content.writeBytes(signature);
      ByteBuffer asked = ByteBuffer.wrap(content.toByteArray());
      Boolean before = known.get(asked);
      if (before != null) {
        return before;
      }
      boolean valid = verify(asked.array(), end, signature);
      known.put(asked, valid);
      return valid;
    }

    /** The real check, of what lies between the key and the signature in what was asked. */
    private boolean verify(byte[] asked, int end, byte[] signature) throws SignatureException {
      PublicKey by = Objects.requireNonNull(key, "initVerify comes first");
      try {
        real.initVerify(by);
      } catch (InvalidKeyException e) {
        throw new SignatureException(e);
      }
      int begin = by.getEncoded().length;
      real.update(asked, begin, end - begin);
      return real.verify(signature);
    }

    @Override
    protected void engineInitSign(PrivateKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineSign() {
      throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in SignatureSpi
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in SignatureSpi
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
