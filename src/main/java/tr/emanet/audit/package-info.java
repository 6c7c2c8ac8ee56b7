/**
 * The append-only record of what people did. Every act of a person writes one {@link
 * tr.emanet.audit.AuditEntry} in the same transaction as the act itself: if the entry cannot be
 * written, the act is undone.
 *
 * <p>Entries form a chain: each holds the SHA-256 of the one before. {@link
 * tr.emanet.audit.AuditLog#verify} names the first entry that was edited, removed, inserted or
 * moved; a head kept apart also shows entries cut off at the end. Triggers refuse changes that come
 * by mistake. Whoever has root can rebuild the whole chain; only copies outside the machine limit
 * that.
 *
 * <p>Details are short texts for an auditor and never hold passwords, tokens or codes.
 */
@NullMarked
package tr.emanet.audit;

import org.jspecify.annotations.NullMarked;
