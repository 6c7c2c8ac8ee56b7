/** Tests of the rules in front of every resource. */
@NullMarked
package tr.emanet.web.security;

import org.jspecify.annotations.NullMarked;
