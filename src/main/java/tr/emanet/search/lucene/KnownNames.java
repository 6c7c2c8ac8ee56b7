package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.search.Masking;

/**
 * The names that stand in the user fields of one partition: only where one of them stands inside a
 * value can the value be shown in other words than it was stored. Read when first asked, from the
 * dictionaries of the columns. One thread only.
 */
final class KnownNames {

  private final IndexReader reader;
  private @Nullable Set<String> names;

  KnownNames(IndexReader reader) {
    this.reader = reader;
  }

  /** The names that stand in a text as whole words, in the spelling of the text. */
  List<String> in(String text) throws IOException {
    Set<String> known = names();
    List<String> out = new ArrayList<>();
    for (int from = 0; !known.isEmpty() && from < text.length(); from++) {
      if (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
        continue;
      }
      for (int to = from + 2; to <= text.length(); to++) {
        boolean end = to == text.length() || !Character.isLetterOrDigit(text.charAt(to));
        if (end && known.contains(caseless(text.substring(from, to)))) {
          out.add(text.substring(from, to));
        }
      }
    }
    return out;
  }

  private Set<String> names() throws IOException {
    Set<String> known = names;
    if (known == null) {
      known = new HashSet<>();
      for (LeafReaderContext leaf : reader.leaves()) {
        for (Field field : Masking.USERS) {
          SortedDocValues values = leaf.reader().getSortedDocValues(field.ecsName());
          if (values != null) {
            TermsEnum all = values.termsEnum();
            for (BytesRef name = all.next(); name != null; name = all.next()) {
              known.add(caseless(name.utf8ToString()));
            }
          }
        }
      }
      names = known;
    }
    return known;
  }

  /** Equal for texts that differ in the case of letters only, character by character. */
  private static String caseless(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(Character.toLowerCase(Character.toUpperCase(text.charAt(i))));
    }
    return out.toString();
  }
}
