package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {

  @TempDir Path folder;

  private PolicyFile.Outcome read(String text) throws IOException {
    return PolicyFile.read(Files.writeString(folder.resolve("usom.yml"), text));
  }

  @Test
  void shipsWhatTheProgramAssumes() {
    assertThat(PolicyFile.read(Path.of("rules/usom.yml")))
        .isEqualTo(new PolicyFile.Outcome.Valid(Policy.SHIPPED));
  }

  @Test
  void tellsAllMistakesAtOnceWithLineAndRemedy() throws IOException {
    String text =
        """
        severity:
          byClass:
            AC: dreadful
          otherwise: low
          otherwise: high
        grouping:
          by: [asset, planet]
          window: yesterday
        raise:
          allowed: 9
          several: 3
          login: {within: 1y, stps: 1}
        notify:
          atLeast:
        incidents: {}
        """;

    assertThat(read(text)).isInstanceOf(PolicyFile.Outcome.Invalid.class);
    List<String> problems =
        ((PolicyFile.Outcome.Invalid) read(text))
            .problems().stream().map(p -> p.toString().replaceFirst(".*usom.yml:", "")).toList();
    assertThat(problems)
        .anyMatch(p -> p.startsWith("3: severity.byClass.AC: 'dreadful' is no severity; write low"))
        .anyMatch(p -> p.startsWith("5: severity.otherwise stands twice; remove"))
        .anyMatch(p -> p.startsWith("7: grouping.by: 'planet' does not fit; write [indicator"))
        .anyMatch(p -> p.startsWith("7: grouping.by lacks indicator"))
        .anyMatch(p -> p.startsWith("8: grouping.window: 'yesterday' is no span"))
        .anyMatch(p -> p.startsWith("10: raise.allowed: '9' does not fit; write a whole number"))
        .anyMatch(p -> p.startsWith("11: raise.several is a section; indent"))
        .anyMatch(p -> p.startsWith("12: raise.login.within: '1y' is no span"))
        .anyMatch(p -> p.startsWith("12: raise.login.stps is unknown; known here: within, steps"))
        .anyMatch(p -> p.startsWith("14: notify.atLeast: '' is no severity"))
        .anyMatch(p -> p.startsWith("15: incidents is unknown; known here: severity, grouping"))
        .hasSize(11);
  }

  @Test
  void survivesWhateverTheFileHolds() throws IOException {
    Random random = new Random(7);
    String pieces = "severity:\n  byClass: {}[]&*!|>'\"%@`#\t-a1,?\u0000ı\n  ";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(60); k > 0; k--) {
        text.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      assertThat(read(text.toString())).isNotNull();
    }
    Files.write(folder.resolve("usom.yml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(PolicyFile.read(folder.resolve("usom.yml")))
        .isInstanceOf(PolicyFile.Outcome.Invalid.class);
    assertThat(PolicyFile.read(folder.resolve("missing.yml")))
        .isInstanceOf(PolicyFile.Outcome.Invalid.class);
  }

  @Test
  void keepsThePolicyBeforeWhenTheChangedFileIsWrong() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path file = folder.resolve("usom.yml");
    Files.writeString(file, "grouping:\n  window: 2h\n");
    Policies policies = new Policies(file, nanos::get);
    assertThat(policies.current().window()).isEqualTo(Duration.ofHours(2));

    Files.writeString(file, "grouping:\n  window: sometimes\n");
    nanos.addAndGet(3_000_000_000L);
    assertThat(policies.current().window()).isEqualTo(Duration.ofHours(2));
    assertThat(policies.problems()).hasSize(1);
    Files.writeString(file, "grouping:\n  window: 30m\n# right\n");
    nanos.addAndGet(3_000_000_000L);

    assertThat(policies.current().window()).isEqualTo(Duration.ofMinutes(30));
    assertThat(policies.problems()).isEmpty();
  }
}
