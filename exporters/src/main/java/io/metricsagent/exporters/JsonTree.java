package io.metricsagent.exporters;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * Writes a tree of JSON for people: two spaces and a line feed on every platform, arrays on one
 * line. Data binding would do the same, but its writers need the module {@code java.xml}, which a
 * small runtime image lacks. Stateless.
 */
public final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTree() {}

  /** Returns the text of a tree, without a line feed at its end. */
  public static String text(JsonNode tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(new JsonLayout(), text)) {
      write(tree, json);
    }
    return text.toString();
  }

  private static void write(JsonNode node, JsonGenerator json) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        json.writeStartObject();
        node.properties()
            .forEach(
                property -> {
                  json.writeName(property.getKey());
                  write(property.getValue(), json);
                });
        json.writeEndObject();
      }
      case ARRAY -> {
        json.writeStartArray();
        node.forEach(element -> write(element, json));
        json.writeEndArray();
      }
      case STRING -> json.writeString(node.asString());
      case BOOLEAN -> json.writeBoolean(node.asBoolean());
      case NUMBER -> number(node, json);
      default -> json.writeNull();
    }
  }

  private static void number(JsonNode node, JsonGenerator json) {
    if (node.isIntegralNumber()) {
      json.writeNumber(node.bigIntegerValue());
    } else if (node.isBigDecimal()) {
      json.writeNumber(node.decimalValue());
    } else {
      json.writeNumber(node.doubleValue());
    }
  }
}
