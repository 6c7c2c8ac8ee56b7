/**
 * "Alınan tedbir": what people did about an alert, a notice or an indicator, with owner, time and
 * text. USOM wants to see the measure, so rows are only ever added: what was written is not changed
 * afterwards, and a step that was planned is completed by a second row. Each act is in the audit
 * chain. {@link tr.emanet.alert.measure.Measures} is the only way in; what the appliance itself can
 * prove (a firewall pulled the list) comes beside it through {@link
 * tr.emanet.alert.measure.Evidence} and is never stored here.
 */
@NullMarked
package tr.emanet.alert.measure;

import org.jspecify.annotations.NullMarked;
