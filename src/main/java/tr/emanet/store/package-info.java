/**
 * The embedded database: one SQLite file in the state directory, opened with write-ahead logging
 * and {@code synchronous=FULL}, so that what a transaction acknowledged survives a power cut.
 *
 * <p>SQLite has one writer at a time and lets a second one starve, so all writes go through one
 * connection under one lock; a few read-only connections serve readers, who see a consistent
 * snapshot and never wait for the writer. {@link tr.emanet.store.Database#transaction} joins a
 * transaction already open on the same thread: a change and its audit row are written together or
 * not at all, although they come from different packages.
 *
 * <p>There are no feature tables here. Each feature owns its tables and brings its steps as plain
 * SQL resources; {@link tr.emanet.store.Migrator} applies them once and remembers their checksums.
 * Only classes named {@code *Store} see JDBI.
 */
@NullMarked
package tr.emanet.store;

import org.jspecify.annotations.NullMarked;
