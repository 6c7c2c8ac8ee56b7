/**
 * Block lists for firewalls to pull: what is in force, selected and written in each brand's form. A
 * list holds one {@link tr.emanet.indicator.list.ListKind}; {@link
 * tr.emanet.indicator.list.BlockLists} selects anew after each revision, keeps the values sorted in
 * a file, and writes a {@link tr.emanet.indicator.list.ListFormat} once for each version, so that a
 * pull costs a copy. A list is a program that firewalls run: only canonical values of the strict
 * grammar of the format are written, each line is made from nothing else, and what does not fit is
 * left out and counted, whatever the store holds. Firewalls prove who they are by a token of the
 * scope {@code lists} or by a secret path.
 */
@NullMarked
package tr.emanet.indicator.list;

import org.jspecify.annotations.NullMarked;
