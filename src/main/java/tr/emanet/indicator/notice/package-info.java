/**
 * From a notice to a task: what USOM/SGB publishes in words is compared with the inventory.
 *
 * <p>Products and vendors of the inventory are looked for in the text, and the versions that stand
 * beside them are read as ranges. What is found is a proposal with a confidence and its reason in
 * words, never a claim: a person confirms or rejects it. Only when product, vendor and version are
 * all stated and fit does the proposal make the task at once, because nobody should have to look
 * first. A task ends with the measure that was taken. Matching may be repeated at any time: a match
 * is unique by notice, asset and product, and knows the task that it led to.
 */
@NullMarked
package tr.emanet.indicator.notice;

import org.jspecify.annotations.NullMarked;
