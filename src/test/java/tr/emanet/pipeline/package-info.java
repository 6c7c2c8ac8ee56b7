/** Tests of the pipeline. */
@NullMarked
package tr.emanet.pipeline;

import org.jspecify.annotations.NullMarked;
