/**
 * The proof that backups come back. A ladder of checks for each repository: the seals, the index, a
 * random sample of the stored bytes, all stored bytes; each rung has its own period and its rows
 * are what was checked when and what was found. Above the ladder stands the drill: a snapshot is
 * restored into a sandbox, what lies on the disk then is read and hashed once more, databases are
 * started and counted.
 *
 * <p>A drill leaves a record with the fields of BİG 3.1.13.4, signed by the machine when it is
 * made. What people learn from it is added by people, beside the signed record, and never changes
 * it. The newest drill that passed is the answer to the only question that counts: when was it last
 * proven that this can be restored?
 */
@NullMarked
package tr.emanet.backup.proof;

import org.jspecify.annotations.NullMarked;
