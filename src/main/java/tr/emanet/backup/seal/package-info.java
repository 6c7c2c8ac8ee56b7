/**
 * The seals beside a repository: a signed chain that says which stored files belong to it.
 *
 * <p>The format of restic binds every byte of a snapshot to its id, and nothing binds the
 * repository as a whole: whoever can write there can take snapshots away, put old ones back or add
 * his own. So after each run a seal is written: a small file with a number, the digest of the seal
 * before, and what was added and removed in the form that {@code sha256sum -c} reads; it is signed
 * with the machine's key. A file a day lists the day's seals and takes one time stamp. {@link
 * tr.emanet.backup.seal.BackupSeals} is the entry; page "Backup seals, version 1" is the format.
 */
@NullMarked
package tr.emanet.backup.seal;

import org.jspecify.annotations.NullMarked;
