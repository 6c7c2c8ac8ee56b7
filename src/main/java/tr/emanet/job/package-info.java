/**
 * Work that takes longer than a request: queued, run one after the other for each kind, watched,
 * stopped, and gone on with after a restart.
 *
 * <p>A feature registers one {@link tr.emanet.job.JobWork} for each kind and submits jobs; every
 * kind has one thread of low priority. Everything about a job is a row of the store: a process that
 * ends, in whatever way, leaves a running job behind, and the next one runs it again with the token
 * that the work kept last. The work therefore must bear doing the last step twice. Ended jobs are
 * the history, the newest of each kind are kept.
 */
@NullMarked
package tr.emanet.job;

import org.jspecify.annotations.NullMarked;
