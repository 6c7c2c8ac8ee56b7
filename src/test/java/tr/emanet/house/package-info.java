/** Tests that keep the house in order: packages, formatting, languages, documents. */
@NullMarked
package tr.emanet.house;

import org.jspecify.annotations.NullMarked;
