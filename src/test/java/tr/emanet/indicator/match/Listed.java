package tr.emanet.indicator.match;

import tr.emanet.indicator.value.CanonicalValue;

/** One indicator as the oracle keeps it. */
public record Listed(long id, CanonicalValue value, long from, long until) {}
