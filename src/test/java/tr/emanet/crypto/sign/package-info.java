/** Tests of signatures. */
@NullMarked
package tr.emanet.crypto.sign;

import org.jspecify.annotations.NullMarked;
