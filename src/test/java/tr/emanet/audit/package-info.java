/** Tests of the audit chain, tampering by raw SQL included. */
@NullMarked
package tr.emanet.audit;

import org.jspecify.annotations.NullMarked;
