/**
 * The inventory: which addresses and networks are ours, what stands there, who answers for it, and
 * which products are installed.
 *
 * <p>It comes from a CSV file that is taken whole or not at all, with every mistake of the file
 * named at once. {@link tr.emanet.asset.Assets} keeps it in memory as well: a look-up by address
 * costs one binary search, no lock and no allocation, because every hit of the live path makes one.
 */
@NullMarked
package tr.emanet.asset;

import org.jspecify.annotations.NullMarked;
