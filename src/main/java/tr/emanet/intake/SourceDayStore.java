package tr.emanet.intake;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import tr.emanet.store.Database;

/** Rows of {@link SourceDays} in the store, feature {@code intake}. Thread-safe. */
public final class SourceDayStore implements SourceDays {

  private static final int MOST = 4_096;
  private static final int WORD = 16;

  private final Database database;

  public SourceDayStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Share> load(LocalDate day) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT address, trust, bytes FROM source_day WHERE day = :day"
                        + " ORDER BY bytes DESC LIMIT :most")
                .bind("day", day.toString())
                .bind("most", MOST)
                .map(
                    (rs, context) ->
                        new Share(
                            HexFormat.fromHexDigitsToLong(rs.getString(1), 0, WORD),
                            HexFormat.fromHexDigitsToLong(rs.getString(1), WORD, 2 * WORD),
                            Trust.valueOf(rs.getString(2)),
                            rs.getLong(3)))
                .list());
  }

  @Override
  public void save(LocalDate day, List<Share> shares) {
    database.write(
        h -> {
          h.execute("DELETE FROM source_day");
          var batch =
              h.prepareBatch(
                  "INSERT INTO source_day (day, address, trust, bytes)"
                      + " VALUES (:day, :address, :trust, :bytes)");
          for (Share share : shares.subList(0, Math.min(MOST, shares.size()))) {
            batch
                .bind("day", day.toString())
                .bind(
                    "address",
                    HexFormat.of().toHexDigits(share.high())
                        + HexFormat.of().toHexDigits(share.low()))
                .bind("trust", share.trust().name())
                .bind("bytes", share.bytes())
                .add();
          }
          return batch.size() == 0 ? 0 : batch.execute().length;
        });
  }
}
