package tr.emanet.backup.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;

/**
 * How many rows each table of a database had at the moment of its dump. It lies beside the dump as
 * {@link #FILE}, so that a drill can say whether a restored database has them all. Immutable.
 *
 * @param system {@code postgresql} or {@code mariadb}
 * @param server what the server says its version is
 * @param at when it was counted, by the clock of this appliance
 */
public record RowCounts(
    String system, String database, String server, Instant at, List<Table> tables) {

  /** The name of the file. */
  public static final String FILE = "emanet-counts.json";

  private static final String FORMAT = "emanet-counts-1";
  private static final int MAX_BYTES = 32 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A table.
   *
   * @param rows null: not counted, because the time was up or the right was missing
   */
  public record Table(String schema, String name, @Nullable Long rows) {}

  /**
   * A table whose rows are not those of the other side.
   *
   * @param here null: the table is not here
   * @param there null: the table is not there
   */
  public record Difference(String schema, String name, @Nullable Long here, @Nullable Long there) {}

  public RowCounts {
    tables = List.copyOf(tables);
  }

  /** How many tables were counted. */
  public long counted() {
    return tables.stream().filter(table -> table.rows() != null).count();
  }

  /** The rows of all tables that were counted. */
  public long rows() {
    return tables.stream().mapToLong(table -> table.rows() == null ? 0 : table.rows()).sum();
  }

  /** What differs, where both sides counted; empty: nothing. */
  public List<Difference> differences(RowCounts other) {
    Map<String, Table> there = new HashMap<>();
    other.tables().forEach(table -> there.put(key(table), table));
    List<Difference> out = new ArrayList<>();
    for (Table table : tables) {
      Table twin = there.remove(key(table));
      Long rows = table.rows();
      if (twin == null) {
        out.add(new Difference(table.schema(), table.name(), rows, null));
      } else if (rows != null && twin.rows() != null && !rows.equals(twin.rows())) {
        out.add(new Difference(table.schema(), table.name(), rows, twin.rows()));
      }
    }
    there.values().forEach(t -> out.add(new Difference(t.schema(), t.name(), null, t.rows())));
    return out;
  }

  private static String key(Table table) {
    return table.schema() + "\0" + table.name();
  }

  /** The file. */
  public byte[] json() {
    ObjectNode out = JSON.createObjectNode();
    out.put("format", FORMAT);
    out.put("system", system);
    out.put("database", database);
    out.put("server", server);
    out.put("at", at.toString());
    ArrayNode list = out.putArray("tables");
    for (Table table : tables) {
      list.addObject()
          .put("schema", table.schema())
          .put("name", table.name())
          .put("rows", table.rows());
    }
    try {
      return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(out) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("row counts as JSON", e);
    }
  }

  /**
   * Reads the file.
   *
   * @throws BackupException when it is none
   */
  public static RowCounts parse(byte[] bytes) throws IOException {
    if (bytes.length > MAX_BYTES) {
      throw new BackupException(FILE + " has " + bytes.length + " bytes and is none of ours");
    }
    try {
      JsonNode in = JSON.readTree(bytes);
      if (!in.path("format").asText().equals(FORMAT)) {
        throw new BackupException(FILE + " is of another format than " + FORMAT);
      }
      List<Table> tables = new ArrayList<>();
      for (JsonNode table : in.path("tables")) {
        JsonNode rows = table.path("rows");
        tables.add(
            new Table(
                table.path("schema").asText(),
                table.path("name").asText(),
                rows.isIntegralNumber() ? rows.asLong() : null));
      }
      return new RowCounts(
          in.path("system").asText(),
          in.path("database").asText(),
          in.path("server").asText(),
          Instant.parse(in.path("at").asText()),
          tables);
    } catch (JsonProcessingException | DateTimeException e) {
      throw new BackupException(FILE + " cannot be read: " + e.getMessage(), e);
    }
  }
}
