/**
 * A subscription at an MQTT 5 or 3.1.1 broker on Eclipse Paho. A message is acknowledged only after
 * the journal has forced it to disk, from one thread and in order of arrival; a message the broker
 * delivers again is recognised, kept and flagged. Nothing here ever blocks Paho's own threads.
 */
@NullMarked
package tr.emanet.intake.mqtt;

import org.jspecify.annotations.NullMarked;
