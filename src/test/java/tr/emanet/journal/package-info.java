/** Tests of the journal: the contract, faults at every step, damage of every kind. */
@NullMarked
package tr.emanet.journal;

import org.jspecify.annotations.NullMarked;
