package tr.emanet.backup.plan;

import java.time.Instant;
import java.util.List;

/** A run with what is known about its end so far. */
record Ending(RunRecord run, RunRecord.State state) {

  RunRecord of(String snapshot, RunRecord.Figures figures, long unread, String list) {
    return made(run.endedAt(), snapshot, "", figures, unread, list, List.of(), "");
  }

  RunRecord judged(List<Guard.Finding> findings) {
    return made(
        run.endedAt(),
        run.snapshot(),
        run.seal(),
        run.figures(),
        run.unread(),
        run.unreadList(),
        findings,
        "");
  }

  RunRecord sealed(String seal, Instant at) {
    return made(
        at,
        run.snapshot(),
        seal,
        run.figures(),
        run.unread(),
        run.unreadList(),
        run.findings(),
        "");
  }

  RunRecord with(String problem, Instant at) {
    return made(at, "", "", RunRecord.Figures.NONE, 0, "", List.of(), problem);
  }

  private RunRecord made(
      @org.jspecify.annotations.Nullable Instant endedAt,
      String snapshot,
      String seal,
      RunRecord.Figures figures,
      long unread,
      String list,
      List<Guard.Finding> findings,
      String problem) {
    return new RunRecord(
        run.id(),
        run.plan(),
        run.job(),
        run.cause(),
        run.owner(),
        run.repository(),
        state,
        run.startedAt(),
        endedAt,
        run.attempts(),
        snapshot,
        seal,
        figures,
        unread,
        list,
        findings,
        problem,
        run.expiredAt());
  }
}
