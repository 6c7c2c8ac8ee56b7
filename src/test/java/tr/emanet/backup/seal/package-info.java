/** Tests of the seals beside a repository: what they prove, and that nothing slips through. */
@NullMarked
package tr.emanet.backup.seal;

import org.jspecify.annotations.NullMarked;
