package tr.emanet.backup.recover;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.crypto.Digests;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.document.PdfPrinter;

/**
 * The signed record of a restore: {@code report.json} for machines and {@code report.pdf} in
 * Turkish and {@code report-en.pdf} for people, each with a detached CMS signature of the machine's
 * key beside it ({@code .p7s}). Both say who asked and who approved which preview, and what came
 * back. Any thread.
 */
public final class RestoreRecord {

  /** The files that may be there, in the order in which people want them. */
  public static final List<String> FILES =
      List.of(
          "report.pdf",
          "report.pdf.p7s",
          "report-en.pdf",
          "report-en.pdf.p7s",
          "report.json",
          "report.json.p7s");

  private static final int LISTED = 500;

  private final Path folder;
  private final Sign sign;
  private final PdfPrinter printer;
  private final DateTimeFormatter time;

  /** Signs bytes with the machine's key; waits while it is made. */
  @FunctionalInterface
  public interface Sign {
    byte[] sign(byte[] content) throws IOException;
  }

  /**
   * Makes it.
   *
   * @param folder for the records, only ours
   */
  public RestoreRecord(Path folder, Sign sign, ZoneId zone) {
    this.folder = folder;
    this.sign = sign;
    this.printer = new PdfPrinter();
    this.time = DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss z", Locale.ROOT).withZone(zone);
  }

  /** One of {@link #FILES}; empty when it is not there. */
  public Optional<byte[]> read(long id, String file) throws IOException {
    Path path = folder.resolve(Long.toString(id)).resolve(file);
    if (!FILES.contains(file) || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    return Optional.of(Files.readAllBytes(path));
  }

  /** Whether the record of a restore is there. */
  public boolean exists(long id) {
    return Files.isRegularFile(folder.resolve(Long.toString(id)).resolve("report.pdf.p7s"));
  }

  /** Writes and signs all; gives the SHA-256 of the JSON. */
  String write(RestoreOrder order, RestoreReport report) throws IOException {
    byte[] json = json(order, report);
    keep(order.id(), "report.json", json);
    keep(order.id(), "report.json.p7s", sign.sign(json));
    String digest = HexFormat.of().formatHex(Digests.sha256().digest(json));
    print(order, report, digest, "en", "report-en.pdf");
    print(order, report, digest, "tr", "report.pdf");
    return digest;
  }

  private void print(
      RestoreOrder order, RestoreReport report, String digest, String language, String file)
      throws IOException {
    byte[] pdf = printer.print(html(order, report, digest, language));
    keep(order.id(), file, pdf);
    keep(order.id(), file + ".p7s", sign.sign(pdf));
  }

  private void keep(long id, String file, byte[] bytes) throws IOException {
    PrivateFiles.write(folder.resolve(Long.toString(id)).resolve(file), bytes);
  }

  private static byte[] json(RestoreOrder order, RestoreReport report) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode node = mapper.createObjectNode();
    RestoreOrder.Plan plan = order.plan();
    node.put("format", "emanet-restore-report").put("version", 1);
    node.put("restore", order.id()).put("state", order.state().id());
    node.put("job", plan.job()).put("number", plan.number()).put("snapshot", plan.snapshot());
    node.put("repository", plan.repository());
    ArrayNode selection = node.putArray("selection");
    plan.selection().forEach(selection::add);
    node.put("original", plan.original()).put("target", plan.target());
    node.put("overwrite", plan.overwrite().id()).put("special", plan.special());
    node.put("draftedBy", order.by());
    RestoreOrder.Asked asked = order.asked();
    if (asked != null) {
      node.put("askedBy", asked.by()).put("askedAt", asked.at().toString());
      node.put("reason", asked.why());
    }
    ArrayNode approvals = node.putArray("approvals");
    for (RestoreOrder.Approval one : order.approvals()) {
      approvals
          .addObject()
          .put("of", one.kind().id())
          .put("by", one.by())
          .put("at", one.at().toString())
          .put("preview", one.digest());
    }
    RestoreOrder.Forecast seen = order.forecast();
    node.put("preview", seen == null ? "" : seen.digest());
    node.put("begunAt", text(order.course().begunAt()));
    node.put("endedAt", text(order.course().endedAt()));
    node.set("result", mapper.readTree(report.json()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
  }

  private static String text(@Nullable Instant at) {
    return at == null ? "" : at.toString();
  }

  private String html(RestoreOrder order, RestoreReport report, String digest, String language) {
    Page page = new Page(language);
    RestoreOrder.Plan plan = order.plan();
    String title = page.text("title", order.id());
    page.out
        .append("<html lang=\"")
        .append(language)
        .append("\"><head><title>")
        .append(Page.escaped(title));
    page.out.append("</title></head><body>");
    page.add("h1", title).add("p class=\"says\"", says(page, order, report));
    page.add("h2", page.text("what")).table();
    page.row("job", plan.job());
    page.row("snapshot", "#" + plan.number() + ", " + plan.snapshot());
    page.row("repository", plan.repository());
    page.row("selection", String.join("\n", plan.selection().stream().limit(LISTED).toList()));
    page.row("target", plan.original() ? page.text("original") : plan.target());
    page.row("overwrite", page.text("overwrite." + plan.overwrite().id()));
    page.row("special", page.text(plan.special() ? "yes" : "no"));
    page.tableEnd().add("h2", page.text("who")).table();
    RestoreOrder.Asked asked = order.asked();
    if (asked != null) {
      page.row("asked", asked.by() + ", " + time.format(asked.at()));
      page.row("reason", asked.why());
    }
    for (RestoreOrder.Approval one : order.approvals()) {
      page.row("approved." + one.kind().id(), one.by() + ", " + time.format(one.at()));
    }
    RestoreOrder.Forecast seen = order.forecast();
    page.row("preview", seen == null ? "" : seen.digest());
    page.row("begun", moment(order.course().begunAt()));
    page.row("ended", moment(order.course().endedAt()));
    page.tableEnd().add("h2", page.text("result")).table();
    RestoreReport.Counts c = report.counts();
    page.row("written", Long.toString(c.written()));
    page.row("overwritten", Long.toString(c.overwritten()));
    page.row("equal", Long.toString(c.equal()));
    page.row("resumed", Long.toString(c.resumed()));
    page.row("kept", Long.toString(c.kept()));
    page.row("directories", Long.toString(c.directories()));
    page.row("others", Long.toString(c.others()));
    page.row("bytes", Long.toString(c.bytes()));
    page.row("verified", Long.toString(c.verified()));
    page.row("failed", Long.toString(c.failed()));
    page.row("left", Long.toString(c.leftOut()));
    page.tableEnd();
    page.list("problems", report.problems());
    page.list("leftOut", report.leftOut());
    page.add("p class=\"small\"", page.text("proof", digest));
    return page.out.append("</body></html>").toString();
  }

  private static String says(Page page, RestoreOrder order, RestoreReport report) {
    boolean kept = order.state() == RestoreState.DONE && !report.whole();
    return page.text("state." + order.state().id() + (kept ? ".kept" : ""), report.counts().kept());
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : time.format(at);
  }

  private static final class Page {
    private final StringBuilder out = new StringBuilder(8192);
    private final Properties texts = new Properties();

    Page(String language) {
      String file = "report_" + language + ".properties";
      try (var in = Objects.requireNonNull(RestoreRecord.class.getResourceAsStream(file), file)) {
        texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(file, e);
      }
    }

    String text(String key, Object... values) {
      String text = Objects.requireNonNull(texts.getProperty(key), key);
      for (int i = 0; i < values.length; i++) {
        text = text.replace("{" + i + "}", values[i].toString());
      }
      return text;
    }

    static String escaped(String text) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    Page add(String element, String text) {
      out.append('<').append(element).append('>').append(escaped(text));
      out.append("</").append(element.split(" ", 2)[0]).append('>');
      return this;
    }

    void table() {
      out.append("<table class=\"facts\">");
    }

    Page tableEnd() {
      out.append("</table>");
      return this;
    }

    void row(String key, String value) {
      out.append("<tr><th>").append(escaped(text(key))).append("</th><td>");
      out.append(escaped(value).replace("\n", "<br/>")).append("</td></tr>");
    }

    void list(String key, List<RestoreReport.Entry> entries) {
      if (entries.isEmpty()) {
        return;
      }
      add("h2", text(key));
      for (RestoreReport.Entry entry : entries.subList(0, Math.min(LISTED, entries.size()))) {
        add("p class=\"line\"", entry.path() + ": " + entry.why());
      }
    }
  }
}
