/**
 * The screens in a real server and a real browser, over an in-memory search with invented but
 * realistic events: what a person sees, presses and reads, and what hostile text must not do.
 */
@NullMarked
package tr.emanet.ui;

import org.jspecify.annotations.NullMarked;
