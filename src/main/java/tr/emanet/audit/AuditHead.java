package tr.emanet.audit;

/**
 * The end of the audit chain.
 *
 * @param entries how many there are, which is the last one's sequence
 * @param hash of the last entry in hex, zeros when there is none
 */
public record AuditHead(long entries, String hash) {}
