package tr.emanet.indicator.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.indicator.usom.UsomStore;
import tr.emanet.web.Language;
import tr.emanet.web.Texts;

/**
 * The codes of feeds in the words of one language: as the feed itself explains them, else as the
 * documentation of USOM/SGB does, else nothing. Immutable.
 */
final class CodeWords {

  static final String DESCRIPTION = "description";
  static final String SOURCE = "source";
  static final String CONNECTION = "class";

  private final Texts texts;
  private final Map<String, String> told = new HashMap<>();

  CodeWords(List<UsomStore.Code> codes, Texts texts) {
    this.texts = texts;
    for (UsomStore.Code code : codes) {
      String field =
          switch (code.table()) {
            case "address-description" -> DESCRIPTION;
            case "address-source" -> SOURCE;
            default -> CONNECTION;
          };
      String title = texts.language() == Language.TR ? code.titleTr() : code.titleEn();
      String known = title.isBlank() ? code.titleTr() + code.titleEn() : title;
      told.put(field + code.code(), known.strip());
    }
  }

  /** What a code means; empty when nobody says. */
  String meaning(String field, String code) {
    String key = "indicators.code." + field + "." + code;
    if (texts.has(key)) {
      return texts.get(key);
    }
    return told.getOrDefault(field + code, "");
  }

  /** The meaning with the code behind it, or the code alone. */
  String coded(String field, String code) {
    String meaning = meaning(field, code);
    return meaning.isEmpty() || code.isEmpty() ? code : meaning + " (" + code + ")";
  }

  /** The meaning, or the code. */
  String shortly(String field, String code) {
    String meaning = meaning(field, code);
    return meaning.isEmpty() ? code : meaning;
  }
}
