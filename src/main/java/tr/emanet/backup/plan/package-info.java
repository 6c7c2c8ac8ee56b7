/**
 * Backup jobs: what is backed up when and where to, and what came of it. {@link
 * tr.emanet.backup.plan.BackupDesk} is where people and the schedule ask; {@link
 * tr.emanet.backup.plan.BackupWork} does one run; the rows of plans and runs are the record that
 * the norm asks for.
 *
 * <p>Nothing here believes a snapshot about its own time: which run was when says the row that this
 * appliance wrote, with its own clock and in its own order. A run that looks like an attack freezes
 * the retention of its job, and only a person thaws it.
 */
@NullMarked
package tr.emanet.backup.plan;

import org.jspecify.annotations.NullMarked;
