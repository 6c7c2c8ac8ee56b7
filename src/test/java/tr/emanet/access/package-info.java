/** Tests of people, sessions, tokens and the rules in front of every resource. */
@NullMarked
package tr.emanet.access;

import org.jspecify.annotations.NullMarked;
