/**
 * What all feeds share, bounded downloads, and the formats of feeds other than USOM/SGB: plain
 * lists, CSV, STIX 2.1 bundles, TAXII 2.1 collections and MISP attributes.
 *
 * <p>Each format becomes the same rows; trust, TLP and expiry are set for a feed as a whole and win
 * over what the feed says of itself only where it says nothing.
 */
@NullMarked
package tr.emanet.indicator.feed;

import org.jspecify.annotations.NullMarked;
