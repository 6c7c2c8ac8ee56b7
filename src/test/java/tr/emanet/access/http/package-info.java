/** Tests of signing in, forms, roles and tokens against a real HTTP server. */
@NullMarked
package tr.emanet.access.http;

import org.jspecify.annotations.NullMarked;
