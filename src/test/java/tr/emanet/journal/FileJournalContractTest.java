package tr.emanet.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.io.TempDir;

class FileJournalContractTest extends JournalContract {

  @TempDir Path directory = Path.of("");

  @Override
  Journal open() throws IOException {
    JournalConfig config =
        JournalConfig.of(directory.resolve("journal"), ZoneId.of("Europe/Istanbul")).withReserve(0);
    return TestJournals.open(config);
  }
}
