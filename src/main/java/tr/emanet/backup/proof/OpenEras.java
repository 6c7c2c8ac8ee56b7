package tr.emanet.backup.proof;

import java.util.List;
import java.util.function.Supplier;
import tr.emanet.store.Database;

/** The addresses of old eras that this machine can open, the oldest first. Thread-safe. */
public record OpenEras(Database database) implements Supplier<List<String>> {

  @Override
  public List<String> get() {
    return new KeyActStore(database)
        .eras().stream().filter(era -> era.closedAt() == null).map(Era::address).toList();
  }
}
