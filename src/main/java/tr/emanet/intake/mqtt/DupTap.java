package tr.emanet.intake.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Reads along with Paho's MQTT 5 client and notes which packet ids came with the DUP flag, which
 * the client (1.2.5) parses and then forgets. Follows the fixed header and the begin of PUBLISH
 * packets (MQTT 5, 2.1 and 3.3). One thread only; the set is shared.
 */
final class DupTap extends FilterInputStream {

  private static final int PUBLISH = 3;
  private static final int DUP = 8;

  /** What the next byte is. */
  private enum Part {
    HEADER,
    LENGTH,
    TOPIC_HIGH,
    TOPIC_LOW,
    TOPIC,
    ID_HIGH,
    ID_LOW,
    REST
  }

  private final Set<Integer> duplicates;
  private Part part = Part.HEADER;
  private int header;
  private int length;
  private int shift;
  private int topic;
  private int id;

  DupTap(InputStream in, Set<Integer> duplicates) {
    super(in);
    this.duplicates = duplicates;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      follow(b);
    }
    return b;
  }

  @Override
  public int read(byte[] bytes, int from, int room) throws IOException {
    int n = super.read(bytes, from, room);
    int i = from;
    while (i < from + n) {
      if (part == Part.REST || part == Part.TOPIC) {
        i += skip(from + n - i);
      } else {
        follow(bytes[i++] & 255);
      }
    }
    return n;
  }

  /** Passes over bytes that say nothing; returns how many. */
  private int skip(int most) {
    int n = Math.min(most, part == Part.TOPIC ? topic : length);
    length -= n;
    if (part == Part.TOPIC) {
      topic -= n;
      if (topic == 0) {
        part = Part.ID_HIGH;
      }
    } else if (length == 0) {
      part = Part.HEADER;
    }
    return n;
  }

  private void follow(int b) {
    switch (part) {
      case HEADER -> {
        header = b;
        length = 0;
        shift = 0;
        part = Part.LENGTH;
      }
      case LENGTH -> {
        length |= (b & 127) << shift;
        shift += 7;
        if (b < 128 || shift > 21) {
          boolean wanted = header >> 4 == PUBLISH && (header >> 1 & 3) > 0;
          part = length == 0 ? Part.HEADER : wanted ? Part.TOPIC_HIGH : Part.REST;
        }
      }
      case TOPIC_HIGH -> step(Part.TOPIC_LOW, () -> topic = b << 8);
      case TOPIC_LOW -> {
        topic |= b;
        step(topic == 0 ? Part.ID_HIGH : Part.TOPIC, () -> topic = Math.min(topic, length));
      }
      case ID_HIGH -> step(Part.ID_LOW, () -> id = b << 8);
      case ID_LOW -> {
        id |= b;
        if ((header & DUP) != 0) {
          duplicates.add(id);
        } else {
          duplicates.remove(id);
        }
        step(Part.REST, () -> id = 0);
      }
      case TOPIC, REST -> skip(1);
    }
  }

  /** One byte of the packet is used; a packet that ends too early ends here too. */
  private void step(Part next, Runnable act) {
    length--;
    act.run();
    part = length == 0 ? Part.HEADER : next;
  }
}
