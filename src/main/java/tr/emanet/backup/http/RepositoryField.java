package tr.emanet.backup.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.Primaries;

/**
 * Where a job keeps its repository, as the form asks for it: a target of the list with a name, or
 * this machine with a directory.
 */
final class RepositoryField {

  private final PlaceDesk places;

  RepositoryField(PlaceDesk places) {
    this.places = places;
  }

  /** The targets to choose from. */
  List<BackupViews.Choice> choices() {
    return Primaries.possible(places.places()).stream()
        .map(
            place ->
                new BackupViews.Choice(
                    Long.toString(place.id()),
                    place.spec().name() + " (" + place.spec().address() + ")"))
        .toList();
  }

  /** Puts what stands in the fields of a job that is changed. */
  void put(Map<String, String> values, String repository) {
    // One that was written in another form stays as it is: another text is another repository.
    Optional<Place> place =
        Primaries.of(places.places(), repository)
            .filter(p -> Primaries.address(p, Primaries.name(repository)).equals(repository));
    values.put("target", place.map(p -> Long.toString(p.id())).orElse(""));
    values.put("repository", place.isPresent() ? Primaries.name(repository) : repository);
  }

  /** The address of the repository; of a form without a target what stands in it. */
  String read(Map<String, List<String>> form) throws JobForm.WrongField {
    String target = JobForm.text(form, "target");
    String name = JobForm.text(form, "repository");
    if (target.isEmpty()) {
      return name;
    }
    Place place =
        Primaries.possible(places.places()).stream()
            .filter(p -> Long.toString(p.id()).equals(target))
            .findFirst()
            .orElseThrow(() -> new JobForm.WrongField("repository-target"));
    String address = Primaries.address(place, name);
    if (Primaries.of(List.of(place), address).isEmpty()) {
      throw new JobForm.WrongField("repository-name");
    }
    return address;
  }
}
