/** Tests of looking into snapshots and of restores by request: a real store and repository. */
@NullMarked
package tr.emanet.backup.recover;

import org.jspecify.annotations.NullMarked;
