package tr.emanet.event;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static tr.emanet.event.FieldType.DATE;
import static tr.emanet.event.FieldType.IP;
import static tr.emanet.event.FieldType.KEYWORD;
import static tr.emanet.event.FieldType.LONG;
import static tr.emanet.event.FieldType.TEXT;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fixed core of fields (Elastic Common Schema 8 names; {@code emanet.*} and {@code mqtt.*} are
 * ours). Everything else that a parser finds goes into {@link Event#addExtra} and is searchable
 * too, but is not stored in columns. There are at most 64, so that a set of fields is one {@code
 * long}.
 *
 * <p>{@link #derived()} fields hold values that do not stand in the raw line; the index gives them
 * postings of their own.
 */
public enum Field {
  TIMESTAMP("@timestamp", DATE, true),
  INGESTED("event.ingested", DATE, true),
  MESSAGE("message", TEXT, false),
  EVENT_KIND("event.kind", KEYWORD, true),
  EVENT_CATEGORY("event.category", KEYWORD, true),
  EVENT_ACTION("event.action", KEYWORD, true),
  EVENT_OUTCOME("event.outcome", KEYWORD, true),
  EVENT_CODE("event.code", KEYWORD, false),
  EVENT_DATASET("event.dataset", KEYWORD, true),
  EVENT_REASON("event.reason", KEYWORD, true),
  HOST_NAME("host.name", KEYWORD, false),
  OBSERVER_NAME("observer.name", KEYWORD, false),
  OBSERVER_TYPE("observer.type", KEYWORD, true),
  OBSERVER_VENDOR("observer.vendor", KEYWORD, true),
  OBSERVER_PRODUCT("observer.product", KEYWORD, true),
  LOG_LEVEL("log.level", KEYWORD, true),
  SYSLOG_FACILITY("log.syslog.facility.code", LONG, true),
  SYSLOG_SEVERITY("log.syslog.severity.code", LONG, true),
  SYSLOG_MSGID("log.syslog.msgid", KEYWORD, false),
  PROCESS_NAME("process.name", KEYWORD, false),
  PROCESS_PID("process.pid", LONG, false),
  PROCESS_COMMAND_LINE("process.command_line", KEYWORD, false),
  SOURCE_IP("source.ip", IP, false),
  SOURCE_PORT("source.port", LONG, false),
  SOURCE_MAC("source.mac", KEYWORD, false),
  SOURCE_BYTES("source.bytes", LONG, false),
  DESTINATION_IP("destination.ip", IP, false),
  DESTINATION_PORT("destination.port", LONG, false),
  DESTINATION_MAC("destination.mac", KEYWORD, false),
  DESTINATION_BYTES("destination.bytes", LONG, false),
  DESTINATION_DOMAIN("destination.domain", KEYWORD, false),
  USER_NAME("user.name", KEYWORD, false),
  USER_DOMAIN("user.domain", KEYWORD, false),
  USER_TARGET_NAME("user.target.name", KEYWORD, false),
  USER_EMAIL("user.email", KEYWORD, false),
  NETWORK_TRANSPORT("network.transport", KEYWORD, true),
  NETWORK_PROTOCOL("network.protocol", KEYWORD, true),
  NETWORK_DIRECTION("network.direction", KEYWORD, true),
  RULE_NAME("rule.name", KEYWORD, false),
  RULE_ID("rule.id", KEYWORD, false),
  URL_ORIGINAL("url.original", KEYWORD, false),
  URL_DOMAIN("url.domain", KEYWORD, false),
  URL_PATH("url.path", KEYWORD, false),
  HTTP_METHOD("http.request.method", KEYWORD, false),
  HTTP_STATUS("http.response.status_code", LONG, false),
  USER_AGENT("user_agent.original", KEYWORD, false),
  DNS_QUESTION("dns.question.name", KEYWORD, false),
  DNS_QUESTION_TYPE("dns.question.type", KEYWORD, false),
  DNS_ANSWER("dns.answers.data", KEYWORD, false),
  FILE_PATH("file.path", KEYWORD, false),
  FILE_SHA256("file.hash.sha256", KEYWORD, false),
  THREAT_NAME("threat.indicator.name", KEYWORD, false),
  MQTT_TOPIC("mqtt.topic", KEYWORD, true),
  SENSOR_NAME("sensor.name", KEYWORD, true),
  SENSOR_VALUE("sensor.value", KEYWORD, false),
  EMANET_LISTENER("emanet.listener", KEYWORD, true),
  EMANET_SOURCE_IP("emanet.source.ip", IP, true),
  EMANET_PARSER("emanet.parser", KEYWORD, true),
  EMANET_TIME("emanet.time", KEYWORD, true),
  EMANET_FLAGS("emanet.flags", KEYWORD, true),
  EMANET_TLS_PEER("emanet.tls.peer", KEYWORD, true),
  EMANET_STREAM("emanet.stream", KEYWORD, true);

  private static final List<Field> ALL = List.of(values());
  private static final Map<String, Field> BY_NAME =
      Arrays.stream(values()).collect(toUnmodifiableMap(Field::ecsName, f -> f));

  private final String ecsName;
  private final FieldType type;
  private final boolean derived;

  Field(String ecsName, FieldType type, boolean derived) {
    this.ecsName = ecsName;
    this.type = type;
    this.derived = derived;
  }

  /** The name as people type it, such as {@code source.ip}. */
  public String ecsName() {
    return ecsName;
  }

  public FieldType type() {
    return type;
  }

  /** Whether values of this field usually do not stand in the raw line. */
  public boolean derived() {
    return derived;
  }

  /** The bit of this field in {@link Event#present()}. */
  public long bit() {
    return 1L << ordinal();
  }

  /** All fields; the index in the list is the ordinal. Allocates nothing. */
  public static List<Field> all() {
    return ALL;
  }

  /** Finds a field by its exact name. */
  public static Optional<Field> named(String ecsName) {
    return Optional.ofNullable(BY_NAME.get(ecsName));
  }
}
