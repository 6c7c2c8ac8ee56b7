package tr.emanet.archive;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditLog;

/** Writes the audit record as text, from its first entry on ({@code format-seal.md}). */
final class AuditFile {

  private AuditFile() {}

  /** Writes the entries up to and with a number. */
  static void write(AuditLog audit, long last, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      long at = 0;
      while (at < last) {
        List<AuditEntry> step = audit.after(at, AuditLog.MAX_PAGE);
        if (step.isEmpty()) {
          return; // the verifier says what is missing
        }
        for (AuditEntry entry : step) {
          at = entry.sequence();
          if (at <= last) {
            line(entry, out);
          }
        }
      }
    }
  }

  private static void line(AuditEntry entry, BufferedWriter out) throws IOException {
    out.write(Long.toString(entry.sequence()));
    out.write('\t');
    out.write(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at())));
    for (String text : List.of(entry.actor(), entry.action(), entry.details())) {
      out.write('\t');
      out.write(escaped(text));
    }
    out.write('\t');
    out.write(entry.previous());
    out.write('\t');
    out.write(entry.hash());
    out.write('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
