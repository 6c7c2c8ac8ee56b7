/** Commands run in this process, judged by stock tools. */
@NullMarked
package tr.emanet.cli;

import org.jspecify.annotations.NullMarked;
