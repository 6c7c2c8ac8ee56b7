package tr.emanet.document;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Prints HTML to PDF. Safe for many threads; one page takes about a second when cold. */
public final class PdfPrinter {

  /** Longest page in characters. */
  static final int MAX_HTML = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(PdfPrinter.class);

  private static final String STYLE =
      """
      @page { size: A4; margin: 18mm 16mm 20mm 16mm;
        @bottom-right { content: counter(page) " / " counter(pages); font: 8pt 'DejaVu Sans'; } }
      body { font: 9.5pt 'DejaVu Sans'; line-height: 1.4; }
      h1 { font-size: 15pt; margin: 0 0 8pt; } h2 { font-size: 12pt; margin: 14pt 0 4pt; }
      h3 { font-size: 10pt; margin: 8pt 0 2pt; } p { margin: 0 0 2pt; }
      table.facts { width: 100%; border-collapse: collapse; margin-bottom: 8pt; }
      table.facts th { text-align: left; font-weight: normal; width: 30%; padding: 2pt 6pt 2pt 0;
        vertical-align: top; } table.facts td { padding: 2pt 0; vertical-align: top; }
      .mono, .line { font-family: 'DejaVu Sans Mono'; } .says { font-weight: bold; }
      .small { font-size: 7.5pt; } .line { font-size: 7.5pt; word-wrap: break-word; } .why { padding-left: 8pt; }
      .proof { margin: 3pt 0 3pt 8pt; padding-left: 6pt; border-left: 1pt solid #999999; }
      .step { page-break-inside: auto; } .note { font-weight: bold; margin: 4pt 0; }
      """;

  private final Map<String, byte[]> fonts = new ConcurrentHashMap<>();

  public PdfPrinter() {
    // It would tell every step to the error stream; what matters comes to the consumer below.
    XRLog.setLoggingEnabled(false);
  }

  /**
   * Prints one page.
   *
   * @param html well-formed, without a document type; {@code title} in its head is that of the PDF
   * @throws IOException when the page is not well-formed or cannot be laid out
   */
  public byte[] print(String html) throws IOException {
    if (html.length() > MAX_HTML) {
      throw new IOException("the document is longer than " + MAX_HTML + " characters");
    }
    Document page = parse(html);
    styled(page);
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.useUriResolver((base, uri) -> null);
    builder.usePdfAConformance(PdfAConformance.PDFA_2_U);
    builder.usePdfUaAccessibility(true);
    builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
    builder.withProducer("Emanet");
    font(builder, "DejaVuSans.ttf", "DejaVu Sans", 400);
    font(builder, "DejaVuSans-Bold.ttf", "DejaVu Sans", 700);
    font(builder, "DejaVuSansMono.ttf", "DejaVu Sans Mono", 400);
    builder.withW3cDocument(page, null);
    builder.withDiagnosticConsumer(
        told -> LOG.atDebug().addKeyValue("told", told.getFormattedMessage()).log("Layout"));
    builder.toStream(out);
    try {
      builder.run();
    } catch (RuntimeException e) {
      // Boundary: the renderer throws what it likes at odd pages.
      throw new IOException("the document cannot be laid out: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }

  private static Document parse(String html) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(allowed(html))));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("the document is not well-formed: " + e.getMessage(), e);
    }
  }

  /** Without the characters that XML 1.0 does not know: they come from stored lines. */
  private static String allowed(String html) {
    StringBuilder out = new StringBuilder(html.length());
    html.codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c >= ' ' && c < 0xd800
                        || c > 0xdfff && c < 0xfffe
                        || c > 0xffff
                    ? c
                    : '\ufffd')
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static void styled(Document page) throws IOException {
    var heads = page.getElementsByTagName("head");
    if (heads.getLength() != 1) {
      throw new IOException("the document has no head");
    }
    Element style = page.createElement("style");
    style.setTextContent(STYLE);
    heads.item(0).appendChild(style);
  }

  private void font(PdfRendererBuilder builder, String file, String family, int weight) {
    byte[] bytes = fonts.computeIfAbsent(file, PdfPrinter::load);
    builder.useFont(() -> new ByteArrayInputStream(bytes), family, weight, FontStyle.NORMAL, true);
  }

  private static byte[] load(String file) {
    try (InputStream in =
        Objects.requireNonNull(PdfPrinter.class.getResourceAsStream("fonts/" + file), file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("font " + file + " cannot be read", e);
    }
  }
}
