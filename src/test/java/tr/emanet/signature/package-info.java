/** Tests of persons' signatures, made by the stock openssl with keys of a test authority. */
@NullMarked
package tr.emanet.signature;

import org.jspecify.annotations.NullMarked;
