/**
 * A simulator of the address, code table and notice API of USOM/SGB for demonstrations and tests.
 *
 * <p>Rows are made from a seed and their number, so half a million of them cost no memory. Values
 * use names under {@code .example} (RFC 2606) and addresses of RFC 2544, RFC 5737 and RFC 3849
 * only: nothing real is listed. The shape of the answers, their quirks and the mix of codes follow
 * what public clients of the API have written down; each misbehaviour that a client must survive
 * can be switched on by name.
 */
@NullMarked
package tr.emanet.demo.usom;

import org.jspecify.annotations.NullMarked;
