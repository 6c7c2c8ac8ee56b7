package tr.emanet.intake.mqtt;

/**
 * One message as the broker delivered it.
 *
 * @param packetId 0 for QoS 0
 */
record Arrival(
    String topic, byte[] payload, int qos, boolean retained, boolean duplicate, int packetId) {

  /** QoS in bits 0-1, retain in bit 2, DUP in bit 3. */
  byte flags() {
    return (byte) (qos & 3 | (retained ? 4 : 0) | (duplicate ? 8 : 0));
  }
}
