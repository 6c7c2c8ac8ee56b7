/**
 * Backups for people and programs: the page of jobs with their runs, the form of a new job, and the
 * API below {@code /api/v1/backups}. Operators make and run jobs; what weakens protection, such as
 * thawing or approving a retention rule, is an administrator's; auditors read.
 */
@NullMarked
package tr.emanet.backup.http;

import org.jspecify.annotations.NullMarked;
