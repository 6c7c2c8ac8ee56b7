/**
 * Who was behind an address: the look-up that Law 5651 asks for and the lists of a day.
 *
 * <p>{@link tr.emanet.traffic.LookUp} goes from an outside address, port and instant over the
 * records of address translation to the inside address, from there over leases to the MAC, and over
 * sessions, log-ins and the inventory to a person. Every step names the stored lines that it rests
 * on, how sure it is and why; several possible answers are shown in order and never made one. It
 * reads the ordinary search index in bounded steps and says when it could not read all.
 *
 * <p>Nothing is asked without a reason: who asked what, and why, is in the audit chain before the
 * first line is read. Who may not read personal data gets pseudonyms.
 */
@NullMarked
package tr.emanet.traffic;

import org.jspecify.annotations.NullMarked;
