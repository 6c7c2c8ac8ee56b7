package tr.emanet.access;

/**
 * Where an attempt to sign in comes from.
 *
 * @param address of the peer, as text
 * @param agent the browser's own description; hostile text
 */
public record Client(String address, String agent) {}
