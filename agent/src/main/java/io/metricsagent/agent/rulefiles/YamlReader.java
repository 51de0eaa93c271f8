package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.model.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes nodes of the text of one YAML document. Not thread-safe; {@link #read} is.
 *
 * <p>The nodes are made of the parser's events and not by its composer: so no value is resolved,
 * and a file cannot grow by references to parts of itself. Rule files have no aliases and no tags.
 */
final class YamlReader {
  /** More than any rule file has: sections, rules, groups, methods. */
  static final int MAX_DEPTH = 10;

  static final int MAX_NODES = 50_000;

  private static final String ADVICE =
      "; write keys and values as in name: value, indent with blanks, and put quotes around a text"
          + " that has : # { } [ ] , or quotes in it";

  /** A key and its value without a blank between them. */
  private static final Pattern TOUCHING_COLON =
      Pattern.compile("[\\s-]*([a-z_]+):([^\\s:/].*?)\\s*");

  /** In a longer line, no key is looked for, because that takes the square of its length. */
  private static final int MAX_TOLD = 200;

  private final String file;
  private final Deque<Open> open = new ArrayDeque<>();
  private YamlNode root;
  private int nodes;

  private YamlReader(String file) {
    this.file = file;
  }

  /** A list or keys that are being read. */
  private static final class Open {
    private final List<YamlNode> items;
    private final List<YamlNode.Entry> entries;
    private YamlNode.Text key;

    Open(YamlNode node) {
      items = node instanceof YamlNode.Items list ? list.items() : null;
      entries = node instanceof YamlNode.Entries map ? map.entries() : null;
    }
  }

  /**
   * Reads a file.
   *
   * @param file the name of the file for messages
   * @return the document, or {@code null} if the file has none
   * @throws NoYamlException if the text is no YAML, or more than a rule file
   */
  static YamlNode read(String file, String text) throws NoYamlException {
    YamlReader reader = new YamlReader(file);
    try {
      reader.read(PlainBrackets.hidden(text));
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      Origin place = mark.isPresent() ? reader.place(mark) : reader.place(e.getContextMark());
      Problem touching = touchingColon(file, text, e.getContextMark());
      touching = touching == null ? touchingColon(file, text, mark) : touching;
      if (touching != null) {
        throw new NoYamlException(touching);
      }
      throw reader.error(place, "this is no YAML: " + reason(e) + ADVICE);
    } catch (RuntimeException e) {
      // The parser has checks of its own for most of what is wrong, but not for all.
      throw reader.error(
          new Origin(file, 1, 1), "this is no YAML: " + e.getMessage() + "; write UTF-8 text");
    }
    return reader.root;
  }

  /** Returns the problem of a line like {@code name:this.vendor}, or {@code null}. */
  private static Problem touchingColon(String file, String text, Optional<Mark> mark) {
    if (mark.isEmpty()) {
      return null;
    }
    String[] lines = text.split("\n", mark.get().getLine() + 2);
    // The mark is on the line itself, or on the next one that cannot be a part of its value.
    for (int line = mark.get().getLine(); line >= 0 && line >= mark.get().getLine() - 1; line--) {
      boolean isShort = line < lines.length && lines[line].length() <= MAX_TOLD;
      Matcher key = isShort ? TOUCHING_COLON.matcher(lines[line]) : null;
      if (key != null && key.matches()) {
        return new Problem(
            new Origin(file, line + 1, key.start(1) + 1),
            FieldReader.noBlank(key.group(1), key.group(2)));
      }
    }
    return null;
  }

  private static String reason(MarkedYamlEngineException failure) {
    String problem = failure.getProblem();
    String context = failure.getContext();
    return PlainBrackets.shown(context == null ? problem : context + ", " + problem)
        .replace('\n', ' ');
  }

  private void read(String text) throws NoYamlException {
    LoadSettings settings = LoadSettings.builder().setParseComments(false).build();
    ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
    boolean second = false;
    while (parser.hasNext()) {
      Event event = parser.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          if (second) {
            throw error(
                place(event.getStartMark()),
                "a rule file is one document; leave out --- and all sections that are there twice");
          }
          second = true;
        }
        case Alias ->
            throw error(
                place(event.getStartMark()), "rule files have no aliases; write the value again");
        case Scalar -> {
          ScalarEvent scalar = (ScalarEvent) event;
          Origin place = checked(scalar, scalar.getTag());
          boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
          add(new YamlNode.Text(place, PlainBrackets.shown(scalar.getValue()), quoted));
        }
        case SequenceStart -> {
          SequenceStartEvent list = (SequenceStartEvent) event;
          begin(new YamlNode.Items(checked(list, list.getTag()), new ArrayList<>()));
        }
        case MappingStart -> {
          MappingStartEvent map = (MappingStartEvent) event;
          begin(new YamlNode.Entries(checked(map, map.getTag()), new ArrayList<>()));
        }
        case SequenceEnd, MappingEnd -> open.pop();
        default -> {}
      }
    }
  }

  /** Returns the place of a node, whose tag is not set. */
  private Origin checked(NodeEvent node, Optional<String> tag) throws NoYamlException {
    Origin place = place(node.getStartMark());
    if (tag.isPresent()) {
      throw error(
          place,
          "YAML takes what begins with ! for the type of a value; write not for the opposite of a"
              + " value, or put quotes around a text");
    }
    if (++nodes > MAX_NODES) {
      throw error(place, "the file has more than " + MAX_NODES + " parts; write several files");
    }
    return place;
  }

  private void begin(YamlNode node) throws NoYamlException {
    if (open.size() == MAX_DEPTH) {
      throw error(
          node.place(), "nothing in a rule file is nested so deeply; see rules --example for one");
    }
    add(node);
    open.push(new Open(node));
  }

  private void add(YamlNode node) throws NoYamlException {
    Open parent = open.peek();
    if (parent == null) {
      root = node;
    } else if (parent.items != null) {
      parent.items.add(node);
    } else if (parent.key != null) {
      parent.entries.add(new YamlNode.Entry(parent.key, node));
      parent.key = null;
    } else if (node instanceof YamlNode.Text key) {
      parent.key = key;
    } else {
      throw error(node.place(), "a key is a word; put quotes around a text with [ or { in it");
    }
  }

  private Origin place(Optional<Mark> mark) {
    return mark.isEmpty()
        ? new Origin(file, 1, 1)
        : new Origin(file, mark.get().getLine() + 1, mark.get().getColumn() + 1);
  }

  private NoYamlException error(Origin place, String message) {
    return new NoYamlException(new Problem(place, message));
  }
}
