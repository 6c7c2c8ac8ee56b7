package tr.emanet.search.http;

import tr.emanet.web.Problem;

/** A request that was refused, already in words. */
final class ApiProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ApiProblem(Problem problem) {
    super(problem.title());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
