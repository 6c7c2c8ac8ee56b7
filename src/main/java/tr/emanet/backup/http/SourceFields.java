package tr.emanet.backup.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tr.emanet.backup.source.Source;

/**
 * The sources in the form of a job: plain paths in one field, the others numbered, each with the
 * fields of its kind. Field {@code host} of the second one is {@code s1.host}.
 */
final class SourceFields {

  static final int MAX = 64;

  private static final List<String> NAMES =
      List.of("path", "host", "port", "name", "user", "device", "hostKey", "offered");

  private SourceFields() {}

  /** What stands in the fields of sources that are kept. */
  static void put(Map<String, String> values, List<Source> sources) {
    List<String> paths = new ArrayList<>();
    int number = 0;
    for (Source source : sources) {
      Map<String, String> one =
          switch (source) {
            case Source.Tree(String path) -> paths(paths, path);
            case Source.Self ignored -> paths(paths, Source.SELF);
            case Source.Postgres(var host, var port, var name, var user) ->
                server("postgresql", host, port, user, "name", name);
            case Source.MariaDb(var host, var port, var name, var user) ->
                server("mariadb", host, port, user, "name", name);
            case Source.Sqlite(String path) -> Map.of("kind", "sqlite", "path", path);
            case Source.Device(var device, var host, var port, var user, var key) ->
                server("device", host, port, user, "hostKey", key, "device", word(device.name()));
            case Source.Sftp(var host, var port, var user, var path, var key) ->
                server("sftp", host, port, user, "hostKey", key, "path", path);
          };
      if (!one.isEmpty()) {
        String prefix = "s" + number + ".";
        one.forEach((name, value) -> values.put(prefix + name, value));
        number++;
      }
    }
    values.put("paths", String.join("\n", paths));
  }

  private static Map<String, String> paths(List<String> paths, String path) {
    paths.add(path);
    return Map.of();
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> server(
      String kind, String host, int port, String user, String... more) {
    Map<String, String> out = new HashMap<>();
    out.put("kind", kind);
    out.put("host", host);
    out.put("port", Integer.toString(port));
    out.put("user", user);
    for (int i = 0; i < more.length; i += 2) {
      out.put(more[i], more[i + 1]);
    }
    return out;
  }

  /** The numbered sources among the values of a form, in their order. */
  static List<BackupViews.SourceRow> shown(Map<String, String> values) {
    List<BackupViews.SourceRow> out = new ArrayList<>();
    for (int number = 0; number < MAX; number++) {
      String prefix = "s" + number + ".";
      String kind = values.getOrDefault(prefix + "kind", "");
      if (!BackupViews.KINDS.contains(kind)) {
        continue;
      }
      Map<String, String> one = new HashMap<>();
      for (String name : NAMES) {
        one.put(name, values.getOrDefault(prefix + name, ""));
      }
      out.add(new BackupViews.SourceRow(Integer.toString(number), kind, one));
    }
    return out;
  }

  /** The sources and their secrets, in one order. */
  static List<WantedSource> read(Map<String, List<String>> form) throws JobForm.WrongField {
    List<WantedSource> out = new ArrayList<>();
    for (String line : JobForm.text(form, "paths").lines().map(String::strip).toList()) {
      if (!line.isEmpty()) {
        out.add(new WantedSource("path", line, null, null, null, null, null, null, null));
      }
    }
    for (int number = 0; number < MAX; number++) {
      String prefix = "s" + number + ".";
      if (JobForm.text(form, prefix + "kind").isEmpty()) {
        continue;
      }
      String port = JobForm.text(form, prefix + "port");
      out.add(
          new WantedSource(
              JobForm.text(form, prefix + "kind"),
              JobForm.text(form, prefix + "path"),
              JobForm.text(form, prefix + "host"),
              port.isEmpty() ? null : JobForm.number(form, prefix + "port", "server"),
              JobForm.text(form, prefix + "name"),
              JobForm.text(form, prefix + "user"),
              JobForm.text(form, prefix + "device"),
              JobForm.text(form, prefix + "hostKey"),
              JobForm.text(form, prefix + "password")));
    }
    return out;
  }

  /**
   * The values after a press of one of the form's own buttons, {@code add} or {@code remove-2}.
   *
   * @param kind what is added
   */
  static void act(Map<String, String> values, String act, String kind) {
    if (act.equals("add") && BackupViews.KINDS.contains(kind)) {
      int free = 0;
      while (free < MAX && values.containsKey("s" + free + ".kind")) {
        free++;
      }
      if (free < MAX) {
        String prefix = "s" + free + ".";
        values.put(prefix + "kind", kind);
        values.put(prefix + "port", Integer.toString(WantedSource.usualPort(kind)));
      }
    } else if (act.startsWith("remove-")) {
      String prefix = "s" + act.substring("remove-".length()) + ".";
      values.keySet().removeIf(name -> name.startsWith(prefix));
    }
  }
}
