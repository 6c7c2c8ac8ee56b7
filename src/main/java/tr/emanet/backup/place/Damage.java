package tr.emanet.backup.place;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.ObjectKind;

/**
 * An object of a copy that was found damaged or gone.
 *
 * @param trouble what is wrong with it, English
 * @param triedAt when a copy last tried to heal it; null: none did
 * @param healedAt when it was sound again, or gone on purpose; null: it is damaged
 */
public record Damage(
    long id,
    long place,
    long plan,
    String repository,
    ObjectKind kind,
    String name,
    String trouble,
    Instant foundAt,
    @Nullable Instant triedAt,
    @Nullable Instant healedAt) {

  /** As people are told of it. */
  public String label() {
    return LocalTarget.label(kind, name);
  }

  CopyReader.Item item() {
    return new CopyReader.Item(kind, name, 0);
  }
}
