package tr.emanet.indicator.value;

/** What became of a raw value: a {@link CanonicalValue}, or why it was {@link Refused}. */
public sealed interface Reading permits CanonicalValue, Refused {}
