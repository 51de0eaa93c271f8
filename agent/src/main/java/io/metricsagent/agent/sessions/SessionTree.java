package io.metricsagent.agent.sessions;

import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one value from a stream of JSON as a tree. It always reads to the end of the value, so the
 * caller can go on behind it, and remembers why the value cannot be used. Not thread-safe.
 */
final class SessionTree {
  /** The text of a larger session would need hundreds of megabytes as a tree. In bytes. */
  static final int MAX_BYTES = 8 << 20;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONG_BITS = 63;

  private final JsonParser parser;
  private final long begin;
  private String fault;

  private SessionTree(JsonParser parser) {
    this.parser = parser;
    begin = parser.currentLocation().getByteOffset();
  }

  /**
   * Reads the value whose first token is the current one.
   *
   * @throws UnreadableSessionException if the value is too large, or holds a number that is none
   */
  static JsonNode read(JsonParser parser) throws UnreadableSessionException {
    SessionTree tree = new SessionTree(parser);
    JsonNode node = tree.node();
    if (tree.fault != null) {
      throw new UnreadableSessionException(tree.fault);
    }
    return node;
  }

  private JsonNode node() {
    if (parser.currentLocation().getByteOffset() - begin > MAX_BYTES) {
      fault = "larger than " + (MAX_BYTES >> 20) + " MB";
    }
    if (fault != null) {
      parser.skipChildren();
      return NODES.nullNode();
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object() {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      object.set(name, node());
    }
    return object;
  }

  private ArrayNode array() {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node());
    }
    return array;
  }

  private static JsonNode integer(BigInteger value) {
    return value.bitLength() <= LONG_BITS
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  private JsonNode decimal() {
    double value = parser.isNaN() ? Double.NaN : parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      fault = "holds a number that no double can express";
    }
    return NODES.numberNode(value);
  }
}
