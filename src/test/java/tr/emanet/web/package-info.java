/** Tests of the shell: forms of both languages, headers, errors, static files. */
@NullMarked
package tr.emanet.web;

import org.jspecify.annotations.NullMarked;
