/**
 * Places for repositories that are no local directory: an SFTP server ({@link
 * tr.emanet.backup.target.SftpTarget}), a bucket of an S3 service ({@link
 * tr.emanet.backup.target.S3Target}) and restic's REST protocol ({@link
 * tr.emanet.backup.target.RestTarget}). All keep the layout that stock restic uses there, so it
 * reads the same place without us.
 *
 * <p>{@link tr.emanet.backup.target.TargetAddress} is what a person writes, {@link
 * tr.emanet.backup.target.TargetAccess} how we identify ourselves and whom we believe; {@link
 * tr.emanet.backup.target.Targets} joins both. {@link tr.emanet.backup.target.Mirror} copies one
 * place to another object by object and checks each on the way; {@link
 * tr.emanet.backup.target.LimitedTarget} holds the rate.
 *
 * <p>A server is not believed: a host key is pinned, names that are no object names are listed as
 * foreign and never opened, answers are bounded, and what is read is checked by the repository
 * against its name and seal.
 */
@NullMarked
package tr.emanet.backup.target;

import org.jspecify.annotations.NullMarked;
