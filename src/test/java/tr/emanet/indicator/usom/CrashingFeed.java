package tr.emanet.indicator.usom;

import java.nio.file.Path;

/** The child of {@link FeedCrashIT}: recovers, fetches everything, prints what is in force. */
final class CrashingFeed {

  private CrashingFeed() {}

  public static void main(String... arguments) throws Exception {
    System.exit(fetch(arguments[0], arguments[1]) ? 0 : 3);
  }

  /** Whether the list was fetched to its end. */
  static boolean fetch(String state, String url) throws Exception {
    try (FeedBench bench = new FeedBench(Path.of(state))) {
      bench.revisions.recover();
      return bench.sync(url).run(true) instanceof UsomSync.Outcome.Fetched;
    }
  }
}
