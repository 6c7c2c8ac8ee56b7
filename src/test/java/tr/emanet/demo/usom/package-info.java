/** Tests of the USOM/SGB simulator: the exact shape of the answers and each fault by name. */
@NullMarked
package tr.emanet.demo.usom;

import org.jspecify.annotations.NullMarked;
