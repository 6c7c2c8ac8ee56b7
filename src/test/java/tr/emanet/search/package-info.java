/** Tests of query language, masking and export. */
@NullMarked
package tr.emanet.search;

import org.jspecify.annotations.NullMarked;
