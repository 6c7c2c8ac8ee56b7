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
    byte[] block = attributes.block();
    int i = 0;
    while (i < block.length) {
      int code = block[i++];
      int length = 0;
      int shift = 0;
      while (i < block.length && shift < 28) {
        int b = block[i++];
        length |= (b & 127) << shift;
        shift += 7;
        if (b >= 0) {
          break;
        }
      }
      if (length > block.length - i) {
        return false;
      }
      if (code == key.code()) {
        from = i;
        to = i + length;
        return true;
      }
      i += length;
    }
    return false;
  }
}
