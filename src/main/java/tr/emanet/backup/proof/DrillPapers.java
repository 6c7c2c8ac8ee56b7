package tr.emanet.backup.proof;

import java.io.IOException;
import java.util.Optional;
import tr.emanet.crypto.CryptoException;
import tr.emanet.document.PdfPrinter;

/**
 * Records of drills as a PDF with the machine's detached signature over exactly its bytes. A paper
 * is printed and signed once for each language and number of lessons, and kept. Any thread.
 */
public final class DrillPapers {

  private final ProofStore store;
  private final ProofParts.Machine machine;
  private final PdfPrinter printer;

  /** Bytes and the detached CMS signature over them, DER. */
  @SuppressWarnings("ArrayRecordComponent") // handed on to a download at once
  public record Signed(byte[] bytes, byte[] signature) {}

  /** Writes the page of a drill in a language. */
  @FunctionalInterface
  public interface Page {
    String html(Drill drill);
  }

  DrillPapers(ProofStore store, ProofParts.Machine machine, PdfPrinter printer) {
    this.store = store;
    this.machine = machine;
    this.printer = printer;
  }

  /** The record as it was signed at the end of the drill. */
  public Optional<Signed> json(long drill) {
    return store.signed(drill);
  }

  /**
   * The record on paper; empty when there is none.
   *
   * @param language tag of the page's language
   */
  public synchronized Optional<Signed> pdf(long id, String language, Page page) throws IOException {
    Drill drill = store.drill(id).orElse(null);
    if (drill == null || drill.record() == null) {
      return Optional.empty();
    }
    Optional<Signed> kept = store.paper(id, language, drill.lessons().size());
    if (kept.isPresent()) {
      return kept;
    }
    byte[] pdf = printer.print(page.html(drill));
    try {
      Signed made = new Signed(pdf, machine.seal().sign(pdf));
      store.paper(id, language, drill.lessons().size(), made);
      return Optional.of(made);
    } catch (CryptoException e) {
      throw new IOException("the record cannot be signed: " + e.getMessage(), e);
    }
  }
}
