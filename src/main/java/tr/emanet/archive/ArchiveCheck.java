package tr.emanet.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be said of an archive: what {@code Verify.java} says, and that its text is
 * what its segments hold, which needs our own decoder.
 */
public final class ArchiveCheck {

  private final Verifier verifier;

  public ArchiveCheck(Verifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Checks a directory.
   *
   * @param options further options of the verifier, such as {@code --expect} and its value
   */
  public Verifier.Outcome check(Path archive, List<String> options, Verifier.Progress progress)
      throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.add(archive.toString());
    Verifier.Outcome outcome = verifier.run(arguments, progress);
    if (outcome.code() > 1) {
      return outcome;
    }
    List<String> wrong = new TextFiles(archive).compare(name -> progress.at(0, 0, name));
    List<String> lines = new ArrayList<>(outcome.lines());
    int verdict = lines.size() - 2;
    if (wrong.isEmpty()) {
      lines.add(verdict, "OK the text files are what the segments hold");
      return new Verifier.Outcome(outcome.code(), lines);
    }
    lines.subList(verdict, lines.size()).clear();
    wrong.forEach(line -> lines.add("WRONG " + line));
    int all = outcome.wrong().size() + wrong.size();
    lines.add("VERDICT NOT UNTOUCHED: " + all + " findings, see the lines with WRONG");
    lines.add("VERDICT DEĞİŞMİŞ: " + all + " bulgu, WRONG satırlarına bakın");
    return new Verifier.Outcome(1, lines);
  }
}
