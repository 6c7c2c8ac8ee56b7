package tr.emanet.parse;

import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts connections that netfilter tracks, with both directions: {@code conntrack -E} and {@code
 * /proc/net/nf_conntrack} ({@code src= dst= sport= dport=} twice), ulogd's NFCT ({@code ORIG: SRC=
 * ... , REPLY: SRC= ...}). Where the answer goes to another address or port than the question came
 * from, that is the translated source. One thread only.
 */
final class ConntrackPayload {

  private static final int MAX_WORDS = 48;
  private static final byte[] DATASET = Ascii.of("linux.conntrack");
  private static final byte[] NEW = Ascii.of("[NEW]");
  private static final byte[] UPDATE = Ascii.of("[UPDATE]");
  private static final byte[] DESTROY = Ascii.of("[DESTROY]");
  private static final byte[] IPV4 = Ascii.of("ipv4 ");
  private static final byte[] IPV6 = Ascii.of("ipv6 ");
  private static final byte[] NAT_CREATE = Ascii.of("nat-create");
  private static final byte[] NAT_UPDATE = Ascii.of("nat-update");
  private static final byte[] NAT_DESTROY = Ascii.of("nat-destroy");
  private static final byte[] CREATE = Ascii.of("connection-start");
  private static final byte[] CHANGE = Ascii.of("connection-update");
  private static final byte[] END = Ascii.of("connection-end");
  private static final byte[] SOURCE = Ascii.of("src");
  private static final byte[] DESTINATION = Ascii.of("dst");
  private static final byte[] SOURCE_PORT = Ascii.of("sport");
  private static final byte[] DESTINATION_PORT = Ascii.of("dport");
  private static final byte[] SPT = Ascii.of("spt");
  private static final byte[] DPT = Ascii.of("dpt");
  private static final byte[] PROTO = Ascii.of("proto");
  private static final byte[] BYTES = Ascii.of("bytes");

  private final Findings findings;

  /** Address, target, port, target's port of the question, then of the answer. */
  private final int[] from = new int[8];

  private final int[] to = new int[8];

  ConntrackPayload(Findings findings) {
    this.findings = findings;
  }

  /** Whether the text begins like a tracked connection; cheap. */
  static boolean likely(byte[] b, int from, int to) {
    int c = b[from];
    if (c == '[') {
      return Ascii.startsWith(b, from, to, NEW)
          || Ascii.startsWith(b, from, to, DESTROY)
          || Ascii.startsWith(b, from, to, UPDATE)
          || from + 1 < to && Ascii.digit(b[from + 1]) && kind(b, from, to) >= 0;
    }
    return Ascii.startsWith(b, from, to, IPV4) || Ascii.startsWith(b, from, to, IPV6);
  }

  /** 0 new, 1 update, 2 destroy, -1 none of them near the begin. */
  private static int kind(byte[] b, int from, int to) {
    int end = Math.min(to, from + 64);
    return Ascii.indexOf(b, from, end, NEW) >= 0
        ? 0
        : Ascii.indexOf(b, from, end, DESTROY) >= 0
            ? 2
            : Ascii.indexOf(b, from, end, UPDATE) >= 0 ? 1 : -1;
  }

  /** Extracts the line; false when it has not both directions. */
  boolean parse(byte[] b, int start, int end) {
    java.util.Arrays.fill(to, 0);
    Event e = findings.event();
    byte[] transport = null;
    int sent = 0;
    int i = Ascii.skipBlanks(b, start, end);
    for (int word = 0; word < MAX_WORDS && i < end; word++) {
      int stop = Ascii.tokenEnd(b, i, end);
      int equals = Ascii.indexOf(b, i, stop, '=');
      if (equals < 0 && word < 6 && transport == null && !Ascii.digit(b[i])) {
        transport = Words.TRANSPORTS.find(b, i, stop);
      } else if (equals > i && equals + 1 < stop) {
        int slot = slot(b, i, equals);
        if (slot >= 0) {
          keep(slot, equals + 1, stop);
        } else if (transport == null && Ascii.isAnyCase(b, i, equals, PROTO)) {
          transport = Words.TRANSPORTS.find(b, equals + 1, stop);
        } else if (sent < 2
            && Ascii.isAnyCase(b, i, equals, BYTES)
            && Ascii.number(b, equals + 1, stop) > 0) {
          findings.put(
              sent == 0 ? Field.SOURCE_BYTES : Field.DESTINATION_BYTES, b, equals + 1, stop);
          sent++;
        }
      }
      i = Ascii.skipBlanks(b, stop, end);
    }
    if (!addresses(b)) {
      return false;
    }
    if (transport != null) {
      e.set(Field.NETWORK_TRANSPORT, transport);
    }
    action(b, start, end, translated(b));
    return true;
  }

  private static int slot(byte[] b, int key, int equals) {
    if (Ascii.isAnyCase(b, key, equals, SOURCE)) {
      return 0;
    }
    if (Ascii.isAnyCase(b, key, equals, DESTINATION)) {
      return 1;
    }
    if (Ascii.isAnyCase(b, key, equals, SOURCE_PORT) || Ascii.isAnyCase(b, key, equals, SPT)) {
      return 2;
    }
    return Ascii.isAnyCase(b, key, equals, DESTINATION_PORT) || Ascii.isAnyCase(b, key, equals, DPT)
        ? 3
        : -1;
  }

  private void keep(int slot, int value, int stop) {
    int place = to[slot] == 0 ? slot : slot + 4;
    if (to[place] == 0) {
      from[place] = value;
      to[place] = stop;
    }
  }

  /** Sets the question's addresses and ports; false when one of the four addresses is none. */
  private boolean addresses(byte[] b) {
    Event e = findings.event();
    boolean whole =
        e.setIp(Field.SOURCE_IP, b, from[4], to[4])
            && e.setIp(Field.SOURCE_IP, b, from[5], to[5])
            && e.setIp(Field.SOURCE_IP, b, from[0], to[0])
            && e.setIp(Field.DESTINATION_IP, b, from[1], to[1]);
    if (!whole) {
      e.clear(Field.SOURCE_IP);
      e.clear(Field.DESTINATION_IP);
      return false;
    }
    if (port(b, 2)) {
      e.set(Field.SOURCE_PORT, Ascii.number(b, from[2], to[2]));
    }
    if (port(b, 3)) {
      e.set(Field.DESTINATION_PORT, Ascii.number(b, from[3], to[3]));
    }
    return true;
  }

  private boolean port(byte[] b, int slot) {
    long number = Ascii.number(b, from[slot], to[slot]);
    return to[slot] > 0 && number >= 0 && number <= 0xffff;
  }

  /**
   * Where the answer goes to is the translated source when it is not where the question came from;
   * where it comes from is the real destination when the question went elsewhere.
   */
  private boolean translated(byte[] b) {
    boolean source = otherAddress(b, 5, Field.SOURCE_IP) || otherPort(b, 7, 2);
    if (source) {
      extra(TrafficWords.NAT_IP, b, 5);
      if (port(b, 7)) {
        extra(TrafficWords.NAT_PORT, b, 7);
      }
    }
    if (otherAddress(b, 4, Field.DESTINATION_IP) || otherPort(b, 6, 3)) {
      extra(TrafficWords.TARGET_NAT_IP, b, 4);
      if (port(b, 6)) {
        extra(TrafficWords.TARGET_NAT_PORT, b, 6);
      }
    }
    return source;
  }

  private boolean otherAddress(byte[] b, int slot, Field field) {
    Event e = findings.event();
    // Our own field is set by the transport later: until then it is a place to parse to.
    boolean ignored = e.setIp(Field.EMANET_SOURCE_IP, b, from[slot], to[slot]);
    byte[] all = e.addresses();
    int one = Field.EMANET_SOURCE_IP.ordinal() * 16;
    int two = field.ordinal() * 16;
    boolean same = java.util.Arrays.equals(all, one, one + 16, all, two, two + 16);
    e.clear(Field.EMANET_SOURCE_IP);
    return !same;
  }

  private boolean otherPort(byte[] b, int slot, int asked) {
    return port(b, slot)
        && port(b, asked)
        && Ascii.number(b, from[slot], to[slot]) != Ascii.number(b, from[asked], to[asked]);
  }

  private void extra(byte[] key, byte[] b, int slot) {
    findings.extra(key, 0, key.length, b, from[slot], to[slot]);
  }

  private void action(byte[] b, int start, int end, boolean translated) {
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.EVENT_CATEGORY, Words.NETWORK);
    e.set(Field.OBSERVER_TYPE, Words.FIREWALL);
    e.set(
        Field.EVENT_ACTION,
        switch (kind(b, start, end)) {
          case 0 -> translated ? NAT_CREATE : CREATE;
          case 2 -> translated ? NAT_DESTROY : END;
          default -> translated ? NAT_UPDATE : CHANGE;
        });
  }
}
