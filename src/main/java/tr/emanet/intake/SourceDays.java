package tr.emanet.intake;

import java.time.LocalDate;
import java.util.List;

/** Remembers over a restart what each source brought today. Safe for many threads. */
public interface SourceDays {

  /** Forgets everything; for tools and tests. */
  SourceDays NONE =
      new SourceDays() {
        @Override
        public List<Share> load(LocalDate day) {
          return List.of();
        }

        @Override
        public void save(LocalDate day, List<Share> shares) {
          // Nothing is kept, as the name says.
        }
      };

  /**
   * One source on one day.
   *
   * @param high first eight bytes of the 16-byte address
   * @param low last eight bytes
   * @param bytes raw bytes accepted
   */
  record Share(long high, long low, Trust trust, long bytes) {}

  /** What was saved for this day, the heaviest first. */
  List<Share> load(LocalDate day);

  /** Replaces what was saved, also of other days. */
  void save(LocalDate day, List<Share> shares);
}
