package tr.emanet.traffic;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;

/** One finding on the way from the address to the person, with what it rests on. */
public sealed interface Step {

  Span span();

  Confidence confidence();

  List<Reason> reasons();

  /** The lines that say so, oldest first. */
  List<EventRecord> proofs();

  /**
   * Outside address to inside address.
   *
   * @param translated false when the outside address is the device's own, as with IPv6
   * @param port -1 when not logged
   * @param destination whom the connection went to; empty when not logged
   * @param transport empty when not logged
   */
  record Translation(
      boolean translated,
      String address,
      int port,
      String destination,
      String transport,
      Span span,
      Confidence confidence,
      List<Reason> reasons,
      List<EventRecord> proofs)
      implements Step {
    public Translation {
      reasons = List.copyOf(reasons);
      proofs = List.copyOf(proofs);
    }
  }

  /**
   * Inside address to device.
   *
   * @param mac six pairs parted by colons, lower case
   * @param name what the device calls itself; null when it does not
   */
  record Lease(
      String mac,
      @Nullable String name,
      Span span,
      Confidence confidence,
      List<Reason> reasons,
      List<EventRecord> proofs)
      implements Step {
    public Lease {
      reasons = List.copyOf(reasons);
      proofs = List.copyOf(proofs);
    }
  }

  /** What tells of a person. */
  enum Source {
    SESSION,
    LOGIN,
    FIREWALL,
    INVENTORY;

    /** The name in API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Device to person.
   *
   * @param user account, or who answers for the device
   */
  record Holder(
      Source source,
      String user,
      Span span,
      Confidence confidence,
      List<Reason> reasons,
      List<EventRecord> proofs)
      implements Step {
    public Holder {
      reasons = List.copyOf(reasons);
      proofs = List.copyOf(proofs);
    }
  }
}
