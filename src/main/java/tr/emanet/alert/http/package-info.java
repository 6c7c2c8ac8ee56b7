/**
 * The inbox of alerts and {@code /api/v1/alerts}. Analysts act; auditors and administrators see the
 * same pages with personal data masked. The state of the page is its address.
 */
@NullMarked
package tr.emanet.alert.http;

import org.jspecify.annotations.NullMarked;
