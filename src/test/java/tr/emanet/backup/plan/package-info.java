/**
 * Tests of backup jobs: the schedule over changes of the clock, what retention lets go, what the
 * guards say of real trees, and a desk with its runner over a real store and repository.
 */
@NullMarked
package tr.emanet.backup.plan;

import org.jspecify.annotations.NullMarked;
