/** The screens of indicators: their pages of rows, their words, and who may open them. */
@NullMarked
package tr.emanet.indicator.http;

import org.jspecify.annotations.NullMarked;
