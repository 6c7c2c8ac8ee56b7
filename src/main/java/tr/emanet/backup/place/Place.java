package tr.emanet.backup.place;

import java.time.Instant;

/** A second place as the store has it. */
public record Place(long id, PlaceSpec spec, String createdBy, Instant createdAt) {}
