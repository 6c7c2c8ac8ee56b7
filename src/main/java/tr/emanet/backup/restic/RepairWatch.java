package tr.emanet.backup.restic;

import java.io.IOException;
import java.util.List;

/** Hears how far a repair is, what it has healed, and what it is about to take away. */
public interface RepairWatch {

  /** Hears nothing. */
  RepairWatch NONE = new RepairWatch() {};

  /** So many of so many packs were looked at; {@code current} is the label of the next. */
  default void at(long done, long total, String current) {}

  /** Whether it shall end before the next pack; what was healed stays healed. */
  default boolean stopped() {
    return false;
  }

  /** An object is sound again, by its label. */
  default void healed(String label) {}

  /**
   * These go next: their sound bytes were moved into other packs, the indexes are made again. Who
   * seals writes it down before this returns.
   */
  default void removing(List<Id> packs, List<Id> indexes) throws IOException {}
}
