/** Tests of the look-up and of the lists of a day, over a real journal, parser and index. */
@NullMarked
package tr.emanet.traffic;

import org.jspecify.annotations.NullMarked;
