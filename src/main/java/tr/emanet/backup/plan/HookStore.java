package tr.emanet.backup.plan;

import java.util.List;
import java.util.Locale;
import tr.emanet.store.Database;

/** The rows of what hooks did. Thread-safe. */
final class HookStore {

  private final Database database;

  HookStore(Database database) {
    this.database = database;
  }

  void add(long run, HookRun done) {
    String said = done.said();
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO backup_hook (run, moment, hook, code, said)"
                        + " VALUES (:run, :moment, :hook, :code, :said)")
                .bind("run", run)
                .bind("moment", done.moment().name().toLowerCase(Locale.ROOT))
                .bind("hook", done.hook())
                .bind("code", done.code())
                .bind(
                    "said",
                    said.length() > HookRun.MAX_SAID ? said.substring(0, HookRun.MAX_SAID) : said)
                .execute());
  }

  List<HookRun> of(long run) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_hook WHERE run = :run ORDER BY id")
                .bind("run", run)
                .map(
                    (row, c) ->
                        new HookRun(
                            HookRun.Moment.valueOf(
                                row.getString("moment").toUpperCase(Locale.ROOT)),
                            row.getString("hook"),
                            row.getInt("code"),
                            row.getString("said")))
                .list());
  }
}
