package tr.emanet.backup.place;

import java.io.IOException;
import java.util.Optional;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.plan.RemoteDoors;
import tr.emanet.backup.target.TargetAddress;
import tr.emanet.backup.target.Targets;
import tr.emanet.store.Database;

/**
 * Lets jobs keep their repository below a target that an operator has configured, with its pinned
 * host key, its secrets and its rate. Any thread.
 */
public final class PlaceDoors implements RemoteDoors {

  private static final long MEBIBYTE = 1 << 20;

  private final PlaceStore store;
  private final PlaceFiles files;

  public PlaceDoors(Database database, PlaceFiles files) {
    this.store = new PlaceStore(database);
    this.files = files;
  }

  @Override
  public boolean leadsTo(String address) {
    return place(address).isPresent();
  }

  @Override
  public Targets.OpenTarget open(String address) throws IOException {
    Place place =
        place(address)
            .orElseThrow(
                () ->
                    new BackupException(
                        "no configured target has '"
                            + address
                            + "' below it; add its server on the page of targets"));
    Targets.OpenTarget open = Targets.open(TargetAddress.parse(address), files.access(place));
    int rate = place.spec().mebibytesPerSecond();
    return rate == 0 ? open : open.limited(rate * MEBIBYTE);
  }

  private Optional<Place> place(String address) {
    return store.places().stream().filter(place -> isBelow(place, address)).findFirst();
  }

  /** Whether an address is of a repository that a job may have at a target. */
  static boolean isBelow(Place place, String address) {
    if (!RemoteDoors.isRemote(address)
        || place.spec().target() instanceof TargetAddress.Directory) {
      return false;
    }
    try {
      // The copies at a target lie in directories "depo-...": a job's own would be one of them.
      return below(ended(TargetAddress.parse(address).text()), ended(place.spec().target().text()));
    } catch (BackupException e) {
      return false;
    }
  }

  private static boolean below(String text, String base) {
    return text.startsWith(base)
        && text.substring(base.length()).matches("[0-9A-Za-z_-][0-9A-Za-z._-]{0,99}/")
        && !text.startsWith("depo-", base.length());
  }

  private static String ended(String text) {
    return text.endsWith("/") ? text : text + "/";
  }
}
