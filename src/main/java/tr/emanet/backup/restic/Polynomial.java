package tr.emanet.backup.restic;

import java.security.SecureRandom;

/** Arithmetic over GF(2): a long is a polynomial, bit i the coefficient of x^i. */
final class Polynomial {

  static final int DEGREE = 53;

  private Polynomial() {}

  static int degree(long p) {
    return 63 - Long.numberOfLeadingZeros(p);
  }

  static long mod(long value, long p) {
    long x = value;
    int degree = degree(p);
    while (x != 0 && degree(x) >= degree) {
      x ^= p << (degree(x) - degree);
    }
    return x;
  }

  /** The product modulo p; both factors are reduced. */
  static long multiplyMod(long f, long g, long p) {
    long high = 1L << degree(p);
    long product = 0;
    long x = f;
    for (long rest = g; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        product ^= x;
      }
      x <<= 1;
      if ((x & high) != 0) {
        x ^= p;
      }
    }
    return product;
  }

  private static long gcd(long f, long g) {
    long x = f;
    long y = g;
    while (y != 0) {
      long rest = mod(x, y);
      x = y;
      y = rest;
    }
    return x;
  }

  /** Ben-Or's test: p has no factor of a degree up to half its own. */
  static boolean irreducible(long p) {
    long power = 2; // x
    for (int i = 1; i <= degree(p) / 2; i++) {
      power = multiplyMod(power, power, p);
      if (gcd(p, power ^ 2) != 1) {
        return false;
      }
    }
    return true;
  }

  /** A random irreducible polynomial of degree 53; about 27 tries. */
  static long random(SecureRandom random) {
    while (true) {
      long p = (random.nextLong() & ((1L << DEGREE) - 1)) | (1L << DEGREE) | 1;
      if (irreducible(p)) {
        return p;
      }
    }
  }
}
