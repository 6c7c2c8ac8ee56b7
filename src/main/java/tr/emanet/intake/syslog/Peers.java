package tr.emanet.intake.syslog;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.SourceAddress;

/**
 * Remembers the {@link SourceAddress} of UDP peers so that a known peer costs no allocation.
 * Bounded: a full table is emptied, which costs one allocation a peer. One thread only.
 */
final class Peers {

  /** A peer with its address as two words, the key of admission. */
  record Peer(SourceAddress source, long high, long low) {
    static Peer of(String listener, InetSocketAddress from) {
      SourceAddress source = SourceAddress.of(listener, from.getAddress(), from.getPort());
      return new Peer(source, word(source.address(), 0), word(source.address(), 8));
    }

    private static long word(byte[] b, int at) {
      long out = 0;
      for (int i = 0; i < 8; i++) {
        out = out << 8 | b[at + i] & 255;
      }
      return out;
    }
  }

  private final String listener;
  private final int limit;
  private final Map<InetSocketAddress, Peer> known = new HashMap<>();
  private @Nullable InetSocketAddress lastAddress;
  private @Nullable Peer lastPeer;

  Peers(String listener, int limit) {
    this.listener = listener;
    this.limit = limit;
  }

  Peer of(InetSocketAddress from) {
    Peer last = lastPeer;
    if (from.equals(lastAddress) && last != null) {
      return last;
    }
    Peer peer = known.get(from);
    if (peer == null) {
      if (known.size() >= limit) {
        known.clear();
      }
      peer = Peer.of(listener, from);
      known.put(from, peer);
    }
    lastAddress = from;
    lastPeer = peer;
    return peer;
  }

  int size() {
    return known.size();
  }
}
