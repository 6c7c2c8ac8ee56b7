package tr.emanet.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** HTML to PDF with Turkish letters and without any door to the outside. */
class PdfPrinterTest {

  private static final String BEFORE =
      "<html lang=\"tr\"><head><title>Yanıt</title><meta name=\"description\""
          + " content=\"x\"/></head><body>";

  private final PdfPrinter printer = new PdfPrinter();

  @Test
  void embedsFontsWithEveryTurkishLetterAndSaysThatItIsPdfA2u() throws Exception {
    String turkish = "ğüşiöçıİĞÜŞÖÇ “tırnak” → ₺";

    byte[] pdf =
        printer.print(
            BEFORE + "<h1>" + turkish + "</h1><p class=\"line\">" + turkish + "</p></body></html>");

    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(new PDFTextStripper().getText(document)).contains(turkish);
      var fonts = document.getPage(0).getResources();
      for (var name : fonts.getFontNames()) {
        PDFont font = fonts.getFont(name);
        assertThat(font.isEmbedded()).as(font.getName()).isTrue();
      }
      String metadata =
          new String(
              document.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8);
      assertThat(metadata).contains("pdfaid").contains("<pdfaid:part>2</pdfaid:part>");
      assertThat(document.getDocumentCatalog().getOutputIntents()).hasSize(1);
      assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Yanıt");
    }
  }

  @Test
  void opensNoEntityNoFileAndNoNetwork() throws Exception {
    String entity =
        "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
            + BEFORE
            + "<p>&x;</p></body></html>";
    String image =
        BEFORE
            + "<p>a<img alt=\"\" src=\"http://127.0.0.1:9/x.png\"/>b</p>"
            + "<link rel=\"stylesheet\" href=\"file:///etc/hostname\"/></body></html>";

    assertThatThrownBy(() -> printer.print(entity))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("well-formed");
    try (PDDocument document = Loader.loadPDF(printer.print(image))) {
      assertThat(new PDFTextStripper().getText(document)).contains("a").contains("b");
    }
  }

  @Test
  void printsCharactersThatXmlDoesNotKnowAsQuestionMarks() throws Exception {
    byte[] pdf = printer.print(BEFORE + "<p>a\u0001\ufffe\ud800b</p></body></html>");

    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(new PDFTextStripper().getText(document)).contains("a\ufffd").contains("b");
    }
  }
}
