/**
 * Archives for people and programs: the calendar of sealed days, verifying, exporting with proof,
 * and the keys behind the seals. Analysts take archives away, because what is in them is not
 * masked; everybody who reads events may look and verify.
 */
@NullMarked
package tr.emanet.archive.http;

import org.jspecify.annotations.NullMarked;
