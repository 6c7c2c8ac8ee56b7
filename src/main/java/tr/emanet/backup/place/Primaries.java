package tr.emanet.backup.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tr.emanet.backup.plan.RemoteDoors;
import tr.emanet.backup.target.TargetAddress;

/** Repositories of jobs that lie below a configured target: which one, and under what name. */
public final class Primaries {

  private Primaries() {}

  /** The targets that a job may have its repository at: servers, for a directory needs none. */
  public static List<Place> possible(List<Place> places) {
    return places.stream()
        .filter(place -> !(place.spec().target() instanceof TargetAddress.Directory))
        .toList();
  }

  /** The target that the address of a repository lies below; empty when it is a directory. */
  public static Optional<Place> of(List<Place> places, String address) {
    return places.stream().filter(place -> PlaceDoors.isBelow(place, address)).findFirst();
  }

  /** The name of the repository at an address below its target. */
  public static String name(String address) {
    String plain = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  /** The address of a repository with that name at a target. */
  public static String address(Place place, String name) {
    String base = place.spec().target().text();
    return base + (base.endsWith("/") ? "" : "/") + name;
  }

  /**
   * Whether one failure of a disk or server leaves a copy at a place when it takes the repository.
   */
  static boolean otherDisk(List<Place> places, Place place, String repository) {
    if (RemoteDoors.isRemote(repository)) {
      return of(places, repository).filter(at -> sameServer(at, place)).isEmpty();
    }
    if (!(place.spec().target() instanceof TargetAddress.Directory(var path))) {
      return true;
    }
    try {
      return !Files.getFileStore(path).equals(Files.getFileStore(Path.of(repository)));
    } catch (IOException e) {
      // A place that cannot be asked is no other medium.
      return false;
    }
  }

  private static boolean sameServer(Place one, Place other) {
    return server(one).equals(server(other));
  }

  /** Two users, ports or directories of one host are one machine; a directory is this one. */
  private static String server(Place place) {
    return switch (place.spec().target()) {
      case TargetAddress.Directory ignored -> "";
      case TargetAddress.Sftp sftp -> sftp.host();
      case TargetAddress.S3 s3 -> String.valueOf(s3.endpoint().getHost());
      case TargetAddress.Rest rest -> String.valueOf(rest.uri().getHost());
    };
  }
}
