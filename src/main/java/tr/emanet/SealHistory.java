package tr.emanet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.archive.SealFacts;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.crypto.sign.SealImports;

/**
 * Puts into the audit chain which key seals, each time it is another one, and who took it over:
 * whoever exchanges the file of the key leaves a link, too.
 */
final class SealHistory {

  /** A key was taken over from a file. */
  static final String IMPORT = "seal.import";

  /** From here on this key seals. */
  static final String KEY = "seal.key";

  private static final Logger LOG = LoggerFactory.getLogger(SealHistory.class);
  private static final int SHOWN = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SealHistory() {}

  /** Tells what is new; what cannot be told now is told at the next start. */
  static void tell(MachineSeal seal, String place, Path keys, AuditLog audit) {
    try {
      for (SealImports.Imported one : SealImports.noted(keys)) {
        Map<String, String> details = details(one.sha256(), one.subject());
        details.put("at", one.at().toString());
        audit.record("local:" + one.uid(), IMPORT, details);
      }
      SealImports.told(keys);
      X509Certificate now = seal.certificate();
      String sha256 = Certificates.fingerprint(now);
      boolean known =
          audit.page(new AuditFilter(null, KEY, null, null), Long.MAX_VALUE, 1).stream()
              .anyMatch(entry -> entry.details().contains(sha256));
      if (!known) {
        Map<String, String> details = details(sha256, now.getSubjectX500Principal().getName());
        details.put("until", now.getNotAfter().toInstant().toString());
        details.put("place", place);
        audit.record(AuditLog.NOBODY, KEY, details);
      }
    } catch (IOException | RuntimeException e) {
      // Boundary: the log is sealed also when this cannot be written down.
      LOG.atError().setCause(e).log("The seal's history cannot be written");
    }
  }

  private static Map<String, String> details(String sha256, String subject) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("sha256", sha256);
    out.put("subject", subject);
    return out;
  }

  /** As the page shows it. */
  static List<SealFacts.Event> shown(AuditLog audit) {
    List<SealFacts.Event> out = new ArrayList<>();
    for (AuditEntry entry : newest(audit)) {
      try {
        JsonNode details = JSON.readTree(entry.details());
        out.add(
            new SealFacts.Event(
                entry.at(),
                entry.actor(),
                entry.action(),
                details.path("subject").asText(),
                details.path("sha256").asText()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("details of entry " + entry.sequence() + " are JSON", e);
      }
    }
    return out;
  }

  /** The newest entries of both kinds, newest first. */
  static List<AuditEntry> newest(AuditLog audit) {
    List<AuditEntry> out = new ArrayList<>();
    for (String action : List.of(IMPORT, KEY)) {
      out.addAll(audit.page(new AuditFilter(null, action, null, null), Long.MAX_VALUE, SHOWN));
    }
    out.sort((a, b) -> Long.compare(b.sequence(), a.sequence()));
    return out;
  }
}
