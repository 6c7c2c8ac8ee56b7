package tr.emanet.indicator.usom;

import java.nio.file.Path;

/** The child of {@link FeedCrashIT}: recovers, fetches everything, prints what is in force. */
final class CrashingFeed {

  private CrashingFeed() {}

  public static void main(String... arguments) throws Exception {
    try (FeedBench bench = new FeedBench(Path.of(arguments[0]))) {
      bench.revisions.recover();
      UsomSync.Outcome outcome = bench.sync(arguments[1]).run(true);
      if (!(outcome instanceof UsomSync.Outcome.Fetched)) {
        System.exit(3);
      }
    }
  }
}
