package tr.emanet.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tr.emanet.journal.JournalTool;

/** The journal's own tool, {@code emanet journal verify}, on a state directory at rest. */
final class JournalCheck {

  private JournalCheck() {}

  /**
   * Reads every byte of the journal.
   *
   * @param mayBeTorn whether an unfinished end is in order, as after a kill
   * @return in words, for the report
   * @throws IOException when anything is damaged
   */
  static String verify(Path state, boolean mayBeTorn) throws IOException {
    JournalTool.Report report = JournalTool.verify(state.resolve("journal"), segment -> {});
    if (!report.sound() || (!mayBeTorn && !report.damages().isEmpty())) {
      throw new IOException(
          "the journal of "
              + state
              + " is damaged: "
              + report.damages().stream()
                  .map(JournalTool.Damage::toString)
                  .collect(Collectors.joining("; ")));
    }
    return report.damages().isEmpty() ? "sound" : "torn end";
  }
}
