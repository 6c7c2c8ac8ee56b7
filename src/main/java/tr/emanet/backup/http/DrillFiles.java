package tr.emanet.backup.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tr.emanet.backup.proof.Drill;
import tr.emanet.backup.proof.DrillPapers;
import tr.emanet.backup.proof.DrillRecord;
import tr.emanet.web.Pages;
import tr.emanet.web.Texts;

/** The record of a drill as files: JSON and PDF, each with its detached signature. */
final class DrillFiles {

  /** What can be asked for, as a part of a path. */
  static final String FILE = "{file: record[.](json|pdf)([.]p7s)?}";

  private final DrillPapers papers;
  private final Pages pages;

  DrillFiles(DrillPapers papers, Pages pages) {
    this.papers = papers;
    this.pages = pages;
  }

  /** One of the files, with the name under which it is saved. */
  record Kept(String name, String type, byte[] bytes) {}

  /** The file; empty when there is none. */
  Optional<Kept> answer(long id, String file, Texts texts) throws IOException {
    boolean json = file.startsWith("record.json");
    boolean signature = file.endsWith(".p7s");
    Optional<DrillPapers.Signed> found =
        json
            ? papers.json(id)
            : papers.pdf(id, texts.language().tag(), drill -> html(drill, texts));
    String type =
        signature ? "application/pkcs7-signature" : json ? "application/json" : "application/pdf";
    String name = "emanet-tatbikat-" + id + file.substring("record".length());
    return found.map(
        signed -> new Kept(name, type, signature ? signed.signature() : signed.bytes()));
  }

  private String html(Drill drill, Texts texts) {
    DrillWords words = new DrillWords(texts);
    DrillRecord record = drill.record();
    return pages.render(
        "backup/drill-paper.jte",
        Map.of(
            "texts",
            texts,
            "title",
            words.t("paper.title", Long.toString(drill.id()), record == null ? "" : record.job()),
            "state",
            words.state(drill),
            "facts",
            words.facts(drill),
            "drill",
            drill,
            "more",
            record == null ? "" : words.more(record)));
  }
}
