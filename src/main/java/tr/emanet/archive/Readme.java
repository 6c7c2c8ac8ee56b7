package tr.emanet.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The page that lies in every archive, in both languages. */
final class Readme {

  static final String FILE = "README.txt";

  private Readme() {}

  private static String leftOut(ArchiveContent content) {
    return switch (content) {
      case WHOLE -> "";
      case LOGS -> "Denetim kaydı (audit) bu arşivde yok. / The audit record is not in here.\n";
      case PROOF ->
          "Kayıtların kendisi (journal, text) bu arşivde yok. / The records are not in here.\n";
    };
  }

  static byte[] text(LocalDate first, LocalDate last, ArchiveContent content) throws IOException {
    try (InputStream in = Readme.class.getResourceAsStream("readme.txt")) {
      if (in == null) {
        throw new IOException("the resource readme.txt is missing: install the program anew");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{first}", first.toString())
          .replace("{last}", last.toString())
          .replace("{left-out}", leftOut(content))
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
