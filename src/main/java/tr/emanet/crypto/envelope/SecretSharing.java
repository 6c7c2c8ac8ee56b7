package tr.emanet.crypto.envelope;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.threshold.SecretShare;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/**
 * Shamir's secret sharing, each byte on its own over GF(2^8) with the polynomial of AES (0x11b):
 * share number x is f(x), the secret f(0).
 */
public final class SecretSharing {

  private SecretSharing() {}

  /**
   * Splits; the first share is number 1.
   *
   * @param needed how many bring the secret back; fewer say nothing about it
   * @param shares at most 255
   */
  @SuppressWarnings("deprecation") // the mode without a table is what the vectors have
  public static List<byte[]> split(byte[] secret, int needed, int shares, SecureRandom random) {
    if (needed < 2 || shares < needed || shares > 255 || secret.length == 0) {
      throw new IllegalArgumentException(
          needed + " of " + shares + ", " + secret.length + " bytes");
    }
    ShamirSecretSplitter splitter =
        new ShamirSecretSplitter(
            ShamirSecretSplitter.Algorithm.AES,
            ShamirSecretSplitter.Mode.Native,
            secret.length,
            random);
    List<byte[]> out = new ArrayList<>();
    try {
      for (SecretShare share : splitter.resplit(secret, needed, shares).getSecretShares()) {
        out.add(share.getEncoded());
      }
    } catch (IOException e) {
      throw new IllegalStateException("shares in memory have an encoding", e);
    }
    return out;
  }

  /**
   * Brings the secret back; wrong shares give a wrong secret, which only its user can notice.
   *
   * @param numbers of the shares, distinct, 1 to 255
   */
  @SuppressWarnings("deprecation") // the mode without a table is what the vectors have
  public static byte[] combine(int[] numbers, List<byte[]> shares) {
    if (numbers.length != shares.size()
        || numbers.length < 2
        || Arrays.stream(numbers).anyMatch(n -> n < 1 || n > 255)
        || Arrays.stream(numbers).distinct().count() != numbers.length) {
      throw new IllegalArgumentException("the numbers of the shares");
    }
    ShamirSplitSecretShare[] all = new ShamirSplitSecretShare[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = new ShamirSplitSecretShare(shares.get(i), numbers[i]);
    }
    try {
      return new ShamirSplitSecret(
              ShamirSecretSplitter.Algorithm.AES, ShamirSecretSplitter.Mode.Native, all)
          .getSecret();
    } catch (IOException e) {
      throw new IllegalStateException("shares in memory have an encoding", e);
    }
  }
}
