package tr.emanet.backup.place;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.Target;
import tr.emanet.backup.plan.BackupJob;

/**
 * Heals what the reading of a copy found damaged, around the copy that is made anyhow. One use; not
 * for several threads.
 */
final class CopyHeal {

  private final ReadStore store;
  private final Place place;
  private final BackupJob plan;
  private final InstantSource clock;
  private final List<String> healed = new ArrayList<>();

  CopyHeal(ReadStore store, Place place, BackupJob plan, InstantSource clock) {
    this.store = store;
    this.place = place;
    this.plan = plan;
    this.clock = clock;
  }

  private List<Damage> open() {
    return store.open(place.id(), plan);
  }

  /** Writes anew what is there with other bytes; a copy would pass over what has its length. */
  void before(Target from, Target copy) throws IOException {
    List<Damage> all = open();
    if (all.isEmpty()) {
      return;
    }
    CopyMend mend = new CopyMend(from, copy);
    for (Damage damage : all) {
      String trouble = CopyReader.trouble(copy, damage.item());
      if (!trouble.isEmpty() && mend.heal(damage.item())) {
        healed(damage);
      }
    }
  }

  /** Looks at the rest again: a person may have healed it, or a prune removed it on both sides. */
  void after(Target from, Target copy) throws IOException {
    for (Damage damage : open()) {
      String trouble = CopyReader.trouble(copy, damage.item());
      boolean gone =
          trouble.equals(CopyReader.GONE)
              && CopyReader.trouble(from, damage.item()).equals(CopyReader.GONE);
      if (gone) {
        store.healed(damage.id(), clock.instant());
      } else if (trouble.isEmpty()) {
        healed(damage);
      }
    }
    store.tried(place.id(), plan.id(), clock.instant());
  }

  private void healed(Damage damage) {
    store.healed(damage.id(), clock.instant());
    healed.add(damage.label());
  }

  /** Labels of what is sound again. */
  List<String> healed() {
    return healed;
  }
}
