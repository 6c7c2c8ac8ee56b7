/**
 * Signatures of persons over sealed objects (Law 5070, detached flow).
 *
 * <p>A qualified certificate lies on a card in a person's hand and never on this machine, so the
 * flow has three steps: the file to be signed is downloaded, signed with any tool, and the {@code
 * .p7s} is uploaded. It is taken only when it is a signature over exactly these bytes; who signed
 * is read from the certificate and shown with the national id masked. The machine's own seal is
 * another thing and never shown as such a signature.
 */
@NullMarked
package tr.emanet.signature;

import org.jspecify.annotations.NullMarked;
