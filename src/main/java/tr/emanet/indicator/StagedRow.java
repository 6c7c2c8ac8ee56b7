package tr.emanet.indicator;

/**
 * A judged row, as it is staged.
 *
 * @param kind and {@code value}: canonical; both empty when refused
 * @param refusal why the value is no indicator; else empty
 * @param guard why the never-block list keeps it out; else empty
 */
record StagedRow(FeedEntry entry, String kind, String value, String refusal, String guard) {}
