package tr.emanet.backup.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.PlaceSpec;

/** The fields of the form of a second place. */
final class PlaceForm {

  private static final int MAX_FIELD = 2_048;
  private static final int MAX_PEM = 60_000;
  private static final int MAX_JOBS = 1_000;

  private PlaceForm() {}

  static String text(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    String value = values.isEmpty() ? "" : values.getFirst().strip();
    int max = name.equals("authorities") ? MAX_PEM : MAX_FIELD;
    // One that is longer than anything sensible is refused as what it then is.
    return value.length() > max ? value.substring(0, max) + "\u0000" : value;
  }

  private static int number(Map<String, List<String>> form, String name) {
    String text = text(form, name);
    if (text.isEmpty()) {
      return 0;
    }
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
  }

  static PlaceSpec read(Map<String, List<String>> form) {
    List<Long> jobs = new ArrayList<>();
    for (String job : form.getOrDefault("job", List.of())) {
      if (job.matches("[0-9]{1,18}") && jobs.size() < MAX_JOBS) {
        jobs.add(Long.parseLong(job));
      }
    }
    return new PlaceSpec(
        text(form, "name"),
        text(form, "address"),
        text(form, "hostkey"),
        text(form, "user"),
        text(form, "region"),
        number(form, "lock"),
        number(form, "rate"),
        text(form, "quiet"),
        !text(form, "elsewhere").isEmpty(),
        jobs);
  }

  static PlaceDesk.Secrets secrets(Map<String, List<String>> form) {
    return new PlaceDesk.Secrets(text(form, "secret"), text(form, "authorities"));
  }

  /** What stands in the fields; secrets never do. */
  static Map<String, String> values(PlaceSpec spec) {
    Map<String, String> values = new HashMap<>();
    values.put("name", spec.name());
    values.put("address", spec.address());
    values.put("hostkey", spec.hostKey());
    values.put("user", spec.user());
    values.put("region", spec.region());
    values.put("lock", spec.lockDays() == 0 ? "" : Integer.toString(spec.lockDays()));
    values.put(
        "rate", spec.mebibytesPerSecond() == 0 ? "" : Integer.toString(spec.mebibytesPerSecond()));
    values.put("quiet", spec.quiet());
    values.put("elsewhere", spec.elsewhere() ? "1" : "");
    return values;
  }

  static Map<String, String> values(Place place) {
    return values(place.spec());
  }
}
