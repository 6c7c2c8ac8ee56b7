/**
 * The look-up of Law 5651 for people and programs: a page with a form, an answer that can be
 * printed, the same answer as a signed PDF, and the interface that the command line uses.
 */
@NullMarked
package tr.emanet.traffic.http;

import org.jspecify.annotations.NullMarked;
