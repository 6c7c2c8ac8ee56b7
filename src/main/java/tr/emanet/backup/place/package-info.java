/**
 * Second places of repositories: servers, buckets and other disks to which what a job stored is
 * copied, so that neither a fire nor an attacker on this machine takes both.
 *
 * <p>A {@link tr.emanet.backup.place.Place} is an address with the way to identify there, and the
 * jobs whose repositories are copied to it. {@link tr.emanet.backup.place.PlaceDesk} is what people
 * and the schedule do with places, {@link tr.emanet.backup.place.CopyWork} is one copy. Each
 * repository has a directory of its own below the address, so that one place serves all jobs.
 *
 * <p>A copy follows the runs: whenever a job has stored something newer than its copy, outside of
 * the quiet hours. It adds; what is gone here stays there, so that an attacker who empties a
 * repository does not empty its copy. Only what the sound, signed chain of seals says was removed
 * on purpose goes there too ({@link tr.emanet.backup.place.CopyTending}): packs, indexes and
 * snapshots a week later, key files at once. {@link tr.emanet.backup.place.HealDesk} heals each
 * side from the other.
 */
@NullMarked
package tr.emanet.backup.place;

import org.jspecify.annotations.NullMarked;
