package tr.emanet.traffic;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import tr.emanet.search.EventSearch;

/** A municipality's records for the tests of other packages. */
public final class TownLines implements Closeable {

  private final Town town;

  private TownLines(Town town) {
    this.town = town;
  }

  /** Lines such as {@code 2026-11-22T17:00:00Z gw dhcpd: ...}. */
  public static TownLines of(Path directory, String... lines) throws Exception {
    return new TownLines(Town.of(directory, lines));
  }

  public static ZoneId zone() {
    return Town.ZONE;
  }

  public EventSearch search() {
    return town.search;
  }

  @Override
  public void close() throws IOException {
    town.close();
  }
}
