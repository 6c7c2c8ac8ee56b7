/** What the shift page computes from its history, and what it keeps. */
@NullMarked
package tr.emanet.overview;

import org.jspecify.annotations.NullMarked;
