package tr.emanet.traffic.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.document.PdfPrinter;
import tr.emanet.event.Principal;
import tr.emanet.traffic.Answer;
import tr.emanet.traffic.LookUp;
import tr.emanet.web.Pages;
import tr.emanet.web.Texts;

/**
 * Answers as a PDF with the machine's detached signature over exactly its bytes. A paper is made
 * once and kept for a while: the signature of one must fit the other. Safe for many threads.
 */
public final class AnswerPapers {

  static final String PDF = "application/pdf";
  static final String P7S = "application/pkcs7-signature";

  private static final int KEPT = 16;

  /** The seal of the machine, which may still be made when the service starts. */
  public interface Seal {

    /** The seal; waits while it is made. */
    MachineSeal get() throws IOException;
  }

  private record Paper(byte[] pdf, byte[] p7s) {}

  /** A file for download. */
  record PaperFile(String name, String type, byte[] bytes) {}

  private final LookUp lookUp;
  private final Pages pages;
  private final PdfPrinter printer;
  private final Seal seal;
  private final Map<String, Paper> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Paper> eldest) {
          return size() > KEPT;
        }
      };

  public AnswerPapers(LookUp lookUp, Pages pages, PdfPrinter printer, Seal seal) {
    this.lookUp = lookUp;
    this.pages = pages;
    this.printer = printer;
    this.seal = seal;
  }

  /** The file of an answer; empty when the answer is not this person's, or no longer kept. */
  Optional<PaperFile> file(String id, String file, Principal who, Texts texts) throws IOException {
    Answer answer = lookUp.given(id, who).orElse(null);
    if (answer == null) {
      return Optional.empty();
    }
    Paper paper = paper(answer, texts);
    boolean pdf = file.endsWith(".pdf");
    String name = "emanet-5651-" + answer.question().at().getEpochSecond() + ".pdf";
    return Optional.of(
        pdf
            ? new PaperFile(name, PDF, paper.pdf())
            : new PaperFile(name + ".p7s", P7S, paper.p7s()));
  }

  private Paper paper(Answer answer, Texts texts) throws IOException {
    String key = answer.id() + texts.language().tag();
    synchronized (kept) {
      Paper paper = kept.get(key);
      if (paper == null) {
        String html =
            pages.render(
                "traffic/paper.jte",
                Map.of("texts", texts, "answer", new AnswerWords(texts).shown(answer)));
        byte[] pdf = printer.print(html);
        try {
          paper = new Paper(pdf, seal.get().sign(pdf));
        } catch (CryptoException e) {
          throw new IOException("the answer cannot be signed: " + e.getMessage(), e);
        }
        kept.put(key, paper);
      }
      return paper;
    }
  }
}
