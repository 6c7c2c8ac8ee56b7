/**
 * The truth: every record that was accepted, exactly as received, appended, fsynced and only then
 * acknowledged. Everything else is a view that can be built again from here. Bytes and recovery:
 * {@code src/docs/format-journal.md}.
 */
@NullMarked
package tr.emanet.journal;

import org.jspecify.annotations.NullMarked;
