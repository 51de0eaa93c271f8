package io.metricsagent.agent.serve;

import io.metricsagent.agent.redaction.Redactor;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what of a client's texts is kept, by the rules of recording: without content, only names
 * and figures; with content, texts that are cut and have no secrets. Thread-safe.
 */
final class HookContent {
  /** The longest text that is kept. In bytes. */
  private static final int MAX_TEXT = 8192;

  /** Texts of an event's data that are no content. */
  private static final Set<String> NAMES = Set.of("tool", "model", "skill_name", "error_type");

  private static final Set<String> FIGURES =
      Set.of("success", "tokens", "latency_ms", "duration_ms");

  private final boolean content;
  private final Redactor redactor;

  /**
   * Makes a rule.
   *
   * @param content whether content is kept
   */
  HookContent(boolean content, Redactor redactor) {
    this.content = content;
    this.redactor = redactor;
  }

  /** Returns what is kept of a prompt or an answer. */
  String text(String text) {
    return content ? name(text) : "";
  }

  /** Returns what is kept of the message of an error. */
  String error(String message) {
    return content ? name(message) : "failed";
  }

  /** Returns what is kept of a name. */
  String name(String text) {
    return redactor.redactAndCut(text, MAX_TEXT);
  }

  /** Returns what is kept of metadata, which are no content. */
  ObjectNode metadata(ObjectNode metadata) {
    return (ObjectNode) cut(redactor.redact(metadata));
  }

  /** Returns what is kept of an event's data. */
  ObjectNode data(ObjectNode data) {
    ObjectNode kept = data;
    if (!content) {
      kept = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : data.properties()) {
        JsonNode value = field.getValue();
        boolean name = NAMES.contains(field.getKey()) && value.isString();
        boolean figure =
            FIGURES.contains(field.getKey()) && (value.isNumber() || value.isBoolean());
        if (name || figure) {
          kept.set(field.getKey(), value);
        }
      }
    }
    return (ObjectNode) cut(redactor.redact(kept));
  }

  /** Returns a tree whose texts are cut; it has no secrets any more. */
  private JsonNode cut(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      ObjectNode cut = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> cut.set(field.getKey(), cut(field.getValue())));
      return cut;
    }
    if (tree instanceof ArrayNode array) {
      ArrayNode cut = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> cut.add(cut(item)));
      return cut;
    }
    return tree.isString() ? JsonNodeFactory.instance.stringNode(name(tree.asString())) : tree;
  }
}
