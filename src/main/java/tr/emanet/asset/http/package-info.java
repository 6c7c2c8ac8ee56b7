/**
 * The inventory for people and programs: a list with filter and detail, and the import of a file,
 * which shows what would change before anything does. Administrators import; everybody who may see
 * alerts may see what stands where.
 */
@NullMarked
package tr.emanet.asset.http;

import org.jspecify.annotations.NullMarked;
