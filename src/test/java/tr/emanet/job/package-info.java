/** Tests of long-running work. */
@NullMarked
package tr.emanet.job;

import org.jspecify.annotations.NullMarked;
