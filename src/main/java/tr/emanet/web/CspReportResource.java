package tr.emanet.web;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.web.security.Public;

/**
 * Takes the reports that browsers send when the content security policy stopped something. Needs no
 * log-in, keeps nothing but a count, logs the first hundred.
 */
@Path("/csp-report")
public final class CspReportResource {

  private static final Logger LOG = LoggerFactory.getLogger(CspReportResource.class);
  private static final int MAX_BYTES = 2048;
  private static final int MAX_LOGGED = 100;

  private final AtomicLong reports = new AtomicLong();

  /** Counts a report. */
  @POST
  @Public
  public void report(InputStream body) throws IOException {
    byte[] start = body.readNBytes(MAX_BYTES);
    if (reports.incrementAndGet() <= MAX_LOGGED) {
      LOG.atWarn()
          .addKeyValue("report", Visible.plain(new String(start, StandardCharsets.UTF_8)))
          .log("Browser refused content by the security policy");
    }
  }

  /** How many reports came since the start. */
  public long reports() {
    return reports.get();
  }
}
