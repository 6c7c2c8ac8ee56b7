/**
 * How long the journal is kept: retention, legal hold, destruction on record (Law 5651, BİG Rehberi
 * 3.1.8.1).
 *
 * <p>A segment is destroyed when all its records are older than its stream's days, no hold covers
 * its day, a signed checkpoint has it with its digest, its file still has that digest, and the
 * clock is believed. First a signed record of what goes is on disk, then the files go, then the
 * next checkpoint names them: whoever finds a segment missing without such a record knows that
 * somebody else removed it. Every step can be repeated, so a crash between two of them costs
 * nothing.
 *
 * <p>Time is the weapon here: whoever sets the clock ahead would destroy evidence. So the wall
 * clock is compared with the machine's own count of seconds, and after a jump nothing is destroyed
 * until an administrator has confirmed the time.
 */
@NullMarked
package tr.emanet.keep;

import org.jspecify.annotations.NullMarked;
