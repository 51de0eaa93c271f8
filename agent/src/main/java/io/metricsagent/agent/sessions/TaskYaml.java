package io.metricsagent.agent.sessions;

import io.metricsagent.agent.runs.ReportJson;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;
import tools.jackson.databind.JsonNode;

/**
 * Writes a tree as YAML that readers of YAML 1.1 and 1.2 read alike: all texts are quoted, so none
 * is taken for a number, a date or a truth value, and numbers have the form that both know.
 * Stateless.
 */
final class TaskYaml {
  private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

  /** Names that YAML 1.1 takes for something else. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private static final int MAX_PLAIN = 100;

  private TaskYaml() {}

  /** Returns the text of one document, with a line break at its end. */
  static String text(JsonNode tree) {
    Text text = new Text();
    DumpSettings settings =
        DumpSettings.builder().setUseUnicodeEncoding(false).setSplitLines(false).build();
    Emitter emitter = new Emitter(settings, text);
    emitter.emit(new StreamStartEvent());
    emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    node(emitter, tree);
    emitter.emit(new DocumentEndEvent(false));
    emitter.emit(new StreamEndEvent());
    return text.builder.toString();
  }

  private static void node(Emitter emitter, JsonNode node) {
    if (node.isObject()) {
      emitter.emit(
          new MappingStartEvent(
              Optional.empty(),
              Optional.empty(),
              true,
              style(node),
              Optional.empty(),
              Optional.empty()));
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        scalar(emitter, field.getKey(), isPlainName(field.getKey()));
        node(emitter, field.getValue());
      }
      emitter.emit(new MappingEndEvent());
    } else if (node.isArray()) {
      emitter.emit(
          new SequenceStartEvent(
              Optional.empty(),
              Optional.empty(),
              true,
              style(node),
              Optional.empty(),
              Optional.empty()));
      for (JsonNode item : node) {
        node(emitter, item);
      }
      emitter.emit(new SequenceEndEvent());
    } else if (node.isString()) {
      scalar(emitter, node.stringValue(), false);
    } else {
      scalar(emitter, node.isFloatingPointNumber() ? decimal(node) : node.asString(), true);
    }
  }

  private static FlowStyle style(JsonNode container) {
    return container.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  /** Returns the only form that YAML 1.1 takes for a number too: with a point, a sign behind e. */
  private static String decimal(JsonNode node) {
    String text = ReportJson.number(node.doubleValue());
    int exponent = text.indexOf('e');
    return exponent >= 0 && text.indexOf('.') < 0
        ? text.substring(0, exponent) + ".0" + text.substring(exponent)
        : text;
  }

  private static void scalar(Emitter emitter, String value, boolean plain) {
    emitter.emit(
        new ScalarEvent(
            Optional.empty(),
            Optional.empty(),
            IMPLICIT,
            value,
            plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED));
  }

  private static boolean isPlainName(String name) {
    if (name.isEmpty() || name.length() > MAX_PLAIN || WORDS.contains(name)) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c == '_';
      boolean later = i > 0 && (c >= '0' && c <= '9' || c == '.');
      if (!letter && !later) {
        return false;
      }
    }
    return true;
  }

  private static final class Text implements StreamDataWriter {
    private final StringBuilder builder = new StringBuilder();

    @Override
    public void write(String text) {
      builder.append(text);
    }

    @Override
    public void write(String text, int offset, int length) {
      builder.append(text, offset, offset + length);
    }
  }
}
