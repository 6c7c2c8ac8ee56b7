/**
 * Signatures over stored objects: the machine's seal and what people sign with their own cards.
 *
 * <p>{@link tr.emanet.crypto.sign.SealKey} holds the machine's key and is the everyday {@link
 * tr.emanet.crypto.sign.MachineSeal}: detached CMS signatures in the form CAdES-B-B (ETSI EN 319
 * 122-1). {@link tr.emanet.crypto.sign.CadesSignatures} puts a time stamp inside, which makes
 * CAdES-B-T. {@link tr.emanet.crypto.sign.SignatureCheck} judges signatures, also those that come
 * from outside, and says why it refuses one. A machine seal is no secure electronic signature in
 * the sense of law 5070, and nothing here calls it one.
 */
@NullMarked
package tr.emanet.crypto.sign;

import org.jspecify.annotations.NullMarked;
