/**
 * Documents for people and courts: well-formed HTML becomes a tagged PDF in PDF/A-2u mode (ISO
 * 19005-2) with embedded fonts that have every Turkish letter.
 *
 * <p>Nothing is read from a network or a file: no entities, no images, no links that are followed;
 * the style is this package's own. What the pages of others bring is text.
 */
@NullMarked
package tr.emanet.document;

import org.jspecify.annotations.NullMarked;
