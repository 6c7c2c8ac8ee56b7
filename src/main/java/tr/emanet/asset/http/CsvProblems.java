package tr.emanet.asset.http;

import tr.emanet.asset.CsvProblem;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** Mistakes of a file in the words of one language. */
record CsvProblems(Texts texts) {

  /** One sentence with its remedy. */
  String sentence(CsvProblem problem) {
    return texts.get(
        "asset.csv.problem." + problem.code(),
        Visible.plain(problem.value()),
        Visible.plain(problem.advice()));
  }

  /** The same with the line in front. */
  String whole(CsvProblem problem) {
    return problem.line() == 0
        ? sentence(problem)
        : texts.get("asset.csv.line", problem.line(), sentence(problem));
  }
}
