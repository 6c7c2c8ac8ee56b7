package tr.emanet.backup.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import tr.emanet.document.PdfPrinter;

/**
 * The paper for the safe: where the repository is, who can open it, and how to restore it with
 * openssl and restic alone. Without shares there is no secret in it. Thread-safe.
 */
public final class EmergencyKit {

  /** The languages of the kit. */
  public enum Language {
    TR,
    EN
  }

  private static final String BLANK =
      "<p style=\"border-bottom: 1pt dotted #555555; height: 16pt\">&#160;</p>";

  private final PdfPrinter printer;
  private final ZoneId zone;

  public EmergencyKit(PdfPrinter printer, ZoneId zone) {
    this.printer = printer;
    this.zone = zone;
  }

  /**
   * Prints.
   *
   * @param resticId id in the configuration of the repository; a line to write on when empty
   * @param shares empty for a kit without secrets; else each on its own page. They are not closed
   * @return PDF
   */
  public byte[] print(
      KeyStatus status, String resticId, List<Share> shares, Language language, Instant now)
      throws IOException {
    return printer.print(new Page(language, zone).kit(status, resticId, shares, now));
  }

  /** One document in one language. */
  private static final class Page {

    private final Properties texts = new Properties();
    private final DateTimeFormatter day;
    private final StringBuilder out = new StringBuilder(8192);
    private final String tag;

    Page(Language language, ZoneId zone) {
      this.tag = language.name().toLowerCase(Locale.ROOT);
      this.day = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm z", Locale.ROOT).withZone(zone);
      String file = "texts_" + tag + ".properties";
      try (InputStream in =
          Objects.requireNonNull(EmergencyKit.class.getResourceAsStream(file), file)) {
        texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(file, e);
      }
    }

    private String text(String key, Object... values) {
      String out = Objects.requireNonNull(texts.getProperty("kit." + key), key);
      for (int i = 0; i < values.length; i++) {
        out = out.replace("{" + i + "}", values[i].toString());
      }
      return out;
    }

    private Page add(String element, String text) {
      out.append('<').append(element).append('>').append(escaped(text));
      out.append("</").append(element.split(" ", 2)[0]).append('>');
      return this;
    }

    private static String escaped(String text) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void row(String head, String value) {
      out.append("<tr><th>").append(escaped(head)).append("</th><td>");
      out.append(value.isEmpty() ? BLANK : escaped(value)).append("</td></tr>");
    }

    private void blank(String head) {
      row(head, "");
    }

    private void line(String command) {
      add("p class=\"mono small\" style=\"margin: 4pt 0 6pt 8pt\"", command);
    }

    String kit(KeyStatus status, String resticId, List<Share> shares, Instant now) {
      String title = text("title", status.repository());
      out.append("<html lang=\"").append(tag).append("\"><head><title>");
      out.append(escaped(title)).append("</title></head><body>");
      add("h1", title).add("p", text("intro")).add("h2", text("repository"));
      out.append("<table class=\"facts\">");
      row(text("place"), status.place());
      row(text("id"), resticId);
      row(text("era"), text("era.since", status.era(), day.format(status.made())));
      row(text("form"), text("form.is"));
      row(text("printed"), day.format(now));
      blank(text("copies"));
      out.append("</table>");
      opens(status);
      steps(status);
      closed(status);
      for (Share share : shares) {
        share(status, share);
      }
      return out.append("</body></html>").toString();
    }

    private void opens(KeyStatus status) {
      add("h2", text("opens"));
      out.append("<table class=\"facts\">");
      for (KeyStatus.Recipient one : status.recipients()) {
        String role =
            switch (one.role()) {
              case OPERATIONS -> text("role.operations");
              case ESCROW -> text("role.escrow");
              case UNKNOWN -> text("role.unknown");
            };
        Instant until = one.until();
        row(role, one.name());
        if (until != null) {
          row("\u00a0", text("until", day.format(until)));
          row(text("fingerprint"), spaced(one.fingerprint()));
        }
      }
      row(
          text("last"),
          status
              .lastDrill()
              .map(d -> text("last.is", day.format(d.at()), d.person()))
              .orElse(text("last.never")));
      row(
          text("shares"),
          status.shares().isEmpty() ? text("shares.none") : text("shares.set", status.shares()));
      if (!status.shares().isEmpty()) {
        for (int i = 1; i <= RepositoryKeys.SHARES; i++) {
          blank(text("share.holder", i));
        }
      }
      blank(text("envelope.where"));
      out.append("</table>");
    }

    private static String spaced(String fingerprint) {
      return fingerprint.replaceAll("(.{8})(?=.)", "$1 ");
    }

    private void steps(KeyStatus status) {
      add("h2", text("step1"));
      add("p", text("step1.certificate", status.repository(), status.era()));
      line(
          "openssl cms -decrypt -binary -inform DER -in password.p7m -recip escrow.pem -inkey"
              + " escrow.key -out password.txt");
      add("p", text("step1.shares"));
      line("emanet backup keys combine --share 1.txt --share 2.txt --out password.txt");
      add("h2", text("step2")).add("p", text("step2.how"));
      String restic = "restic -r '" + status.place() + "' --password-file password.txt ";
      line(restic + "check --read-data");
      line(restic + "snapshots");
      line(restic + "restore latest --target /restore");
      add("h2", text("step3")).add("p", text("step3.how"));
    }

    private void closed(KeyStatus status) {
      if (!status.closed().isEmpty()) {
        add("h2", text("closed"));
      }
      for (KeyStatus.Closed era : status.closed()) {
        add(
            "p",
            text(
                "closed.is", era.era(), day.format(era.from()), day.format(era.to()), era.place()));
      }
    }

    private void share(KeyStatus status, Share share) {
      out.append("<div style=\"page-break-before: always\">");
      add("h1", text("share.title", share.number(), status.repository(), status.era()));
      add("p", text("share.set", share.set())).add("p", text("share.how"));
      byte[] print = share.print();
      for (String line : new String(print, StandardCharsets.US_ASCII).lines().toList()) {
        add("p class=\"mono\" style=\"font-size: 16pt; margin: 10pt 0\"", line);
      }
      Arrays.fill(print, (byte) 0);
      add("p", text("share.given"));
      out.append(BLANK).append("</div>");
    }
  }
}
