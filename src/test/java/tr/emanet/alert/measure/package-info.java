/** Tests of measures on a real database. */
@NullMarked
package tr.emanet.alert.measure;

import org.jspecify.annotations.NullMarked;
