/** Tests of password hashes, tokens and the server certificate. */
@NullMarked
package tr.emanet.crypto;

import org.jspecify.annotations.NullMarked;
