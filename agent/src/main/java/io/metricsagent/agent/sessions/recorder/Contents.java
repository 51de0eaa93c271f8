package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.agent.redaction.Redactor;
import io.metricsagent.bootstrap.AgentLog;
import io.metricsagent.instrumentations.events.StreamedContent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns contents of calls into texts and trees without secrets, of 8 KB at most. Secrets are
 * replaced before anything is cut. Not thread-safe.
 */
final class Contents {
  /** The most bytes of one text, in UTF-8. */
  static final int MAX_BYTES = 8 << 10;

  /** Whatever is deeper stays a text: files and receivers have limits of their own. */
  private static final int MAX_DEPTH = 20;

  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_ITEMS = 1000;

  /** Longer texts are not parsed: they are cut in any case. In characters. */
  private static final int MAX_PARSED = 1 << 16;

  private final Redactor redactor;

  Contents(Redactor redactor) {
    this.redactor = redactor;
  }

  /**
   * Returns the text of a prompt or an answer. An object of the application says itself what it
   * holds; one that says no more than the name of its class has no text, and neither has an object
   * of a library that the agent does not know.
   *
   * @return {@code null} if there is no text
   */
  String text(Object content) {
    try {
      return readText(content);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      unreadable(e);
      return null;
    }
  }

  private String readText(Object given) {
    Object content = given instanceof Optional<?> optional ? optional.orElse(null) : given;
    String text = LibraryTexts.ALL.of(content);
    if (text == null
        && content != null
        && !LibraryTexts.ALL.knows(content)
        && !(content instanceof StreamedContent)) {
      JsonNode tree = redactor.redact(tree(content, MAX_DEPTH)); // before escapes are added
      text = tree.isNull() ? null : tree.isString() ? tree.stringValue() : tree.toString();
    }
    return text == null ? null : redactor.redactAndCut(text, MAX_BYTES);
  }

  private static String ofUnknown(Object content) {
    if (LibraryTexts.isOfLibrary(content)) {
      return null;
    }
    String text = String.valueOf(content);
    return text.startsWith(content.getClass().getName() + '@') ? null : text;
  }

  /**
   * Returns arguments as a tree. A text that is JSON is parsed first, because its escapes may hide
   * a secret. What is larger than 8 KB becomes a text, which is cut.
   */
  JsonNode tree(Object content) {
    try {
      return readTree(content);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      unreadable(e);
      return NODES.nullNode();
    }
  }

  /**
   * An object of the application could not be read: its methods fail, or it was changed meanwhile.
   * That must cost no event, and above all not the end of a run. The message of the fault is not
   * logged, since it may quote the content.
   */
  private static void unreadable(Throwable fault) {
    AgentLog.debug("a content could not be read: " + fault.getClass().getName(), null);
  }

  private JsonNode readTree(Object content) {
    JsonNode clean = redactor.redact(parsed(content));
    if (clean.isString()) {
      return NODES.stringNode(redactor.redactAndCut(clean.stringValue(), MAX_BYTES));
    }
    String text = clean.toString();
    String cut = redactor.redactAndCut(text, MAX_BYTES);
    return cut.equals(text) ? clean : NODES.stringNode(cut);
  }

  /** Returns the data of an event of the application's own. */
  ObjectNode data(Object data) {
    if (data == null) {
      return NODES.objectNode();
    }
    JsonNode tree = tree(data);
    if (tree instanceof ObjectNode object) {
      return object;
    }
    ObjectNode wrapped = NODES.objectNode();
    wrapped.set("value", tree);
    return wrapped;
  }

  /** Returns a name without secrets, of bounded length; {@code null} stays. */
  String name(String name) {
    return name == null ? null : redactor.redactAndCut(name, MAX_BYTES / 16);
  }

  private static JsonNode parsed(Object given) {
    Object content = LibraryTexts.ARGUMENTS.knows(given) ? valueOf(given) : given;
    if (content instanceof CharSequence text) {
      String string = text.toString();
      String stripped = string.strip();
      boolean json = stripped.startsWith("{") || stripped.startsWith("[");
      if (json && string.length() <= MAX_PARSED) {
        try {
          return MAPPER.readTree(stripped);
        } catch (JacksonException e) {
          return NODES.stringNode(string); // it only begins like JSON, or is too deep
        }
      }
      return NODES.stringNode(string);
    }
    return tree(content, MAX_DEPTH);
  }

  private static Object valueOf(Object ofLibrary) {
    return LibraryTexts.ARGUMENTS.valueOf(ofLibrary);
  }

  private static JsonNode tree(Object value, int depth) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (depth > 0 && LibraryTexts.ARGUMENTS.knows(value)) {
      return tree(valueOf(value), depth - 1);
    }
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? NODES.numberNode(number)
          : NODES.stringNode(Double.toString(number));
    }
    if (depth > 0 && value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (object.size() < MAX_ITEMS) {
          object.set(String.valueOf(entry.getKey()), tree(entry.getValue(), depth - 1));
        }
      }
      return object;
    }
    // What else can be iterated may be a stream that only the application may read.
    if (depth > 0 && value instanceof Collection<?> items) {
      ArrayNode array = NODES.arrayNode();
      for (Object item : items) {
        if (array.size() == MAX_ITEMS) {
          break;
        }
        array.add(tree(item, depth - 1));
      }
      return array;
    }
    if (value instanceof Object[] array) {
      return tree(Arrays.asList(array), depth);
    }
    String text = ofUnknown(value);
    return text == null ? NODES.nullNode() : NODES.stringNode(text);
  }
}
