package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.sign.SealKey;
import tr.emanet.crypto.stamp.BuiltInTsa;
import tr.emanet.crypto.stamp.TimeStamping;
import tr.emanet.journal.seal.Stamper;

class RootStamperTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T21:00:12Z"));

  @TempDir Path keys;

  @Test
  void stampsInsideAndBeside() throws Exception {
    SecureRandom random = new SecureRandom();
    RootStamper stamper = new RootStamper(BuiltInTsa.create(random, CLOCK), BuiltInTsa.LABEL);
    try (SealKey key = SealKey.openOrCreate(keys, "kale", random, CLOCK)) {
      byte[] signature = key.sign("root".getBytes(StandardCharsets.US_ASCII));
      assertThat(stamper.isInside(signature)).isFalse();

      Stamper.Result inside = stamper.inside(signature);

      assertThat(inside).isInstanceOf(Stamper.Result.Stamped.class);
      Stamper.Result.Stamped stamped = (Stamper.Result.Stamped) inside;
      assertThat(stamped.authority()).contains("proves nothing");
      assertThat(stamper.isInside(stamped.file())).isTrue();
      assertThat(stamper.beside(stamped.file())).isInstanceOf(Stamper.Result.Stamped.class);
    }
  }

  @Test
  void aRefusalIsNoStamp() throws Exception {
    SecureRandom random = new SecureRandom();
    RootStamper stamper =
        new RootStamper(
            digest -> new TimeStamping.Refused(TimeStamping.Kind.REJECTED, "no credits"), "x");
    try (SealKey key = SealKey.openOrCreate(keys, "kale", random, CLOCK)) {
      byte[] signature = key.sign(new byte[] {1});

      assertThat(stamper.inside(signature)).isEqualTo(new Stamper.Result.Refused("no credits"));
      assertThat(stamper.beside(signature)).isEqualTo(new Stamper.Result.Refused("no credits"));
    }
  }
}
