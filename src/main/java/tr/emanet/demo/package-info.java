/**
 * Sample senders: {@link tr.emanet.demo.CorpusGenerator} makes the corpus of the benchmarks, {@link
 * tr.emanet.demo.DemoSender} plays a day in a municipality through the real listeners. All names
 * and addresses are reserved for documentation or private use; nothing here names a real
 * institution, person or machine.
 */
@NullMarked
package tr.emanet.demo;

import org.jspecify.annotations.NullMarked;
