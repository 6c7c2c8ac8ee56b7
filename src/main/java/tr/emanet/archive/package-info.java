/**
 * What leaves the machine as proof: archives of sealed logs, made so that somebody with a JDK and
 * openssl can check them without us.
 *
 * <p>The verifier is one source file among the resources, {@code Verify.java}: it goes into every
 * archive as text, and this package runs that same text in the process.
 */
@NullMarked
package tr.emanet.archive;

import org.jspecify.annotations.NullMarked;
