package tr.emanet.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tr.emanet.archive.Verifier;

/** What the seal says of itself, and what the verifier of every archive says of it. */
final class SealCheck {

  private SealCheck() {}

  /** The running service finds nothing wrong with its seal: after a kill that is a false alarm. */
  static void noFindings(Emanet emanet) throws IOException, InterruptedException {
    JsonNode seal = emanet.api().seal();
    if (!seal.path("findings").isArray()
        || !seal.path("findings").isEmpty()
        || !seal.path("problem").asText("?").isEmpty()
        || !seal.path("root_problem").asText("?").isEmpty()) {
      throw new IOException("the seal raises an alarm after a kill: " + seal + emanet.tail());
    }
  }

  /**
   * Checkpoints, leaves and segments of a state directory whose service was stopped in order.
   *
   * @return the verdict, for the report
   * @throws IOException when anything is missing, changed or not signed
   */
  static String verify(Path state) throws IOException {
    Verifier.Outcome said =
        Verifier.compile().run(List.of(state.toString(), "--state"), (done, total, file) -> {});
    if (said.code() != 0) {
      throw new IOException("the seal of " + state + " is broken: " + said.wrong() + said.lines());
    }
    return said.lines().getLast();
  }
}
