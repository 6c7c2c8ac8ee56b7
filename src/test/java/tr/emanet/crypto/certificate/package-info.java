/** Tests of certificates and revocation. */
@NullMarked
package tr.emanet.crypto.certificate;

import org.jspecify.annotations.NullMarked;
