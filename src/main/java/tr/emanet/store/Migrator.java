package tr.emanet.store;

import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateOutput;

/**
 * Brings the tables to the shape this version of the program expects. Refuses a database written by
 * a newer version and one whose applied steps differ from ours. One thread only.
 */
final class Migrator {

  private final Path file;
  private final DataSource source;

  Migrator(Path file, DataSource source) {
    this.file = file;
    this.source = source;
  }

  /**
   * Applies what is missing of {@code /tr/emanet/<feature>/db/V<date>_<number>__<name>.sql}.
   * Version numbers are unique over all features; a date in front keeps people from taking the same
   * one.
   */
  void migrate(List<String> features) throws StoreException {
    try {
      Flyway flyway =
          Flyway.configure(Migrator.class.getClassLoader())
              .dataSource(source)
              .locations(
                  features.stream()
                      .map(f -> "classpath:tr/emanet/" + f + "/db")
                      .toArray(String[]::new))
              .failOnMissingLocations(true)
              .table("schema_history")
              .outOfOrder(true)
              // By default steps from the future are ignored: an old program would then write
              // into tables it does not know.
              .ignoreMigrationPatterns("*:pending")
              .cleanDisabled(true)
              .load();
      var checked = flyway.validateWithResult();
      if (!checked.validationSuccessful) {
        throw refuse(checked.invalidMigrations, checked.errorDetails);
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw Database.explain(file, e);
    }
  }

  private StoreException refuse(
      List<ValidateOutput> invalid, @org.jspecify.annotations.Nullable ErrorDetails details) {
    for (ValidateOutput step : invalid) {
      if (step.errorDetails.errorCode == CoreErrorCode.APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED) {
        return new StoreException(
            "store "
                + file
                + " was written by a newer version of Emanet (step "
                + step.version
                + " "
                + step.description
                + "); start that version, or restore the state directory from a backup",
            null);
      }
    }
    String cause =
        invalid.isEmpty()
            ? details == null ? "unknown" : details.errorMessage
            : "step " + invalid.getFirst().version + " " + invalid.getFirst().description;
    return new StoreException(
        "store "
            + file
            + ": its tables were made by other steps than this program has ("
            + cause
            + "); use the version that wrote it, or restore the state directory from a backup",
        null);
  }
}
