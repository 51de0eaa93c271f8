package io.metricsagent.agent.rulefiles;

import io.metricsagent.exporters.JsonTree;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of rule files, with which editors complete and check them. It is made of the
 * catalogue of keys. Stateless.
 *
 * <p>It does not parse paths, which a regular expression would describe badly.
 */
public final class RuleSchema {
  /** Class names without a wildcard, and none of the JDK's. */
  private static final String TYPE_PATTERN = "^(?!(java|javax|jdk)\\.)[^*/\\s]+$";

  private static final String METHOD_PATTERN = "^[^*<>\\s(]+(\\([^*<>()]*\\))?$";

  private RuleSchema() {}

  /** Returns the text of the schema, with a line feed at its end. */
  public static String text() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Rules of metrics-agent");
    root.put(
        "description", "Which methods of an application are calls of models, tools and queues.");
    root.put("type", "object");
    root.put("additionalProperties", false);
    root.put("minProperties", 1);
    ObjectNode sections = root.putObject("properties");
    for (Key section : RuleKeys.SECTIONS) {
      ObjectNode list = sections.putObject(section.name());
      list.put("description", section.about());
      list.put("type", "array");
      group(list.putObject("items"), section.keys());
    }
    ObjectNode mailbox = (ObjectNode) sections.get(RuleKeys.MAILBOXES).get("items");
    ArrayNode any = mailbox.putArray("anyOf");
    for (Key key : Key.named(RuleKeys.MAILBOXES, RuleKeys.SECTIONS).keys()) {
      if (key.form() == Form.GROUP || key.name().equals(RuleKeys.DEPTH)) {
        any.addObject().putArray("required").add(key.name());
      }
    }
    return JsonTree.text(root) + "\n";
  }

  private static void group(ObjectNode node, List<Key> keys) {
    node.put("type", "object");
    node.put("additionalProperties", false);
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    ObjectNode properties = node.putObject("properties");
    for (Key key : keys) {
      ObjectNode property = properties.putObject(key.name());
      property.put("description", key.about());
      value(property, key);
      if (key.required()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      node.set("required", required);
    }
  }

  private static void value(ObjectNode property, Key key) {
    switch (key.form()) {
      case GROUP -> group(property, key.keys());
      case FLAG -> property.put("type", "boolean");
      case TYPE -> property.put("type", "string").put("pattern", TYPE_PATTERN);
      case METHODS -> {
        ArrayNode forms = property.putArray("anyOf");
        forms.addObject().put("type", "string").put("pattern", METHOD_PATTERN);
        ObjectNode list = forms.addObject();
        list.put("type", "array").put("minItems", 1).put("uniqueItems", true);
        list.putObject("items").put("type", "string").put("pattern", METHOD_PATTERN);
      }
      case TEXT -> property.putArray("type").add("string").add("number").add("boolean");
      case CONDITION, NUMBER, TIME, OBJECT -> property.put("type", "string").put("minLength", 1);
    }
  }
}
