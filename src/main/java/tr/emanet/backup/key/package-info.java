/**
 * Keys of backup repositories: the password of a repository, who can open it, and the proof that
 * somebody outside of this machine can.
 *
 * <p>{@link tr.emanet.backup.key.RepositoryKeys} makes a password of 32 random bytes, wraps it to
 * the operations key of this machine and to the escrow certificates (whose private keys were never
 * here), or splits it into three shares of which two suffice. Files lie below {@code keys/backup}
 * of the state directory, so that the command line works on the day after the disaster without a
 * service. No job may run before there is an escrow: {@link tr.emanet.backup.key.Readiness}.
 *
 * <p>An era is a repository of its own: the master key of a repository in the format of restic
 * never changes, so a new password alone would lock nobody out who had the old one. A closed era's
 * password is left to the escrow alone.
 */
@NullMarked
package tr.emanet.backup.key;

import org.jspecify.annotations.NullMarked;
