/**
 * The command line {@code emanet}. Commands that need the running service speak to its API with
 * {@code run/local.token}; the others read the state directory.
 */
@NullMarked
package tr.emanet.cli;

import org.jspecify.annotations.NullMarked;
