/** Tests of the sample senders, against plain sockets and, where there is one, a real broker. */
@NullMarked
package tr.emanet.demo;

import org.jspecify.annotations.NullMarked;
