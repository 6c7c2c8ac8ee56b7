/**
 * The client of the USOM/SGB interface: addresses, code tables, incident notices, announcements.
 *
 * <p>The interface is slow, undocumented and at times wrong, so everything here is bounded: bytes
 * and seconds of an answer, of a crawl, rows, retries. An answer counts only when it has the shape
 * of the interface; HTML, redirects and shape-less answers are refused. A crawl keeps its place in
 * the store after each page and goes on from there after a failure or a crash.
 */
@NullMarked
package tr.emanet.indicator.usom;

import org.jspecify.annotations.NullMarked;
