package tr.emanet.access.http;

import java.util.List;
import java.util.Map;
import tr.emanet.crypto.Secret;

/** The fields of a posted form; absent ones read as empty. */
record FormFields(Map<String, List<String>> values) {

  String text(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? "" : all.getFirst();
  }

  Secret secret(String name) {
    return Secret.of(text(name));
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  int number(String name, int otherwise) {
    try {
      return Integer.parseInt(text(name).strip());
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
