/**
 * Notices and tasks for people and programs: Turkish text, what it means for the inventory, who
 * does what until when, and the measure that ends it. What a notice says is hostile: it is shown as
 * text only. Analysts act; auditors and administrators read.
 */
@NullMarked
package tr.emanet.indicator.notice.http;

import org.jspecify.annotations.NullMarked;
