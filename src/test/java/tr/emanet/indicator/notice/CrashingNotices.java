package tr.emanet.indicator.notice;

import java.nio.file.Path;

/** The child of {@link NoticeCrashIT}: compares what is there with the inventory. */
final class CrashingNotices {

  private CrashingNotices() {}

  public static void main(String... arguments) throws Exception {
    try (NoticesFixture fixture = new NoticesFixture(Path.of(arguments[0]))) {
      int compared = fixture.watch.compare();
      if (compared == 0) {
        System.exit(3);
      }
    }
  }
}
