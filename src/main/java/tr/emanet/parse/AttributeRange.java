package tr.emanet.parse;

import tr.emanet.event.Attributes;

/** Finds one attribute in the stored block without copying it. One thread only. */
final class AttributeRange {

  private int from;
  private int to;

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Looks for the attribute; false when it is absent or the block is damaged. */
  boolean find(Attributes attributes, Attributes.Key key) {
    long range = attributes.range(key);
    from = (int) (range >>> 32);
    to = (int) range;
    return range >= 0;
  }
}
