package io.metricsagent.agent.rulefiles;

import io.metricsagent.agent.config.NearestName;
import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.user.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes {@link Fields} of the keys and values of a file: all that can be checked key by key is
 * checked here. Not thread-safe.
 */
final class FieldReader {
  private final Problems problems;
  private final Places places;

  FieldReader(Problems problems, Places places) {
    this.problems = problems;
    this.places = places;
  }

  /**
   * Reads a rule or a group.
   *
   * @param keys the keys that it may have
   * @param what what people call it, as in {@code an adapter}
   * @return the values that are right; what is wrong is among the problems
   */
  Fields read(YamlNode.Entries node, List<Key> keys, String what) {
    Fields fields = new Fields(node.place());
    Map<String, Origin> seen = new HashMap<>();
    for (YamlNode.Entry entry : node.entries()) {
      String name = entry.key().value();
      Key key = Key.named(name, keys);
      Origin first = seen.putIfAbsent(name, entry.key().place());
      if (first != null) {
        problems.add(
            entry.key().place(),
            name + " is there twice, first at " + first + "; keep one of both");
      } else if (key == null) {
        problems.add(entry.key().place(), unknown(name, keys, what));
      } else {
        read(key, entry, fields);
      }
    }
    for (Key key : keys) {
      if (key.required() && !seen.containsKey(key.name())) {
        problems.add(
            node.place(), what + " needs " + key.name() + "; write " + RuleText.example(key));
      }
    }
    return fields;
  }

  /** Returns the message for a key that there is not. */
  static String unknown(String name, List<Key> keys, String what) {
    int colon = name.indexOf(':');
    if (colon > 0 && Key.named(name.substring(0, colon), keys) != null) {
      return noBlank(name.substring(0, colon), name.substring(colon + 1));
    }
    for (Key group : keys) {
      if (Key.named(name, group.keys()) != null) {
        return what
            + " has "
            + name
            + " within "
            + group.name()
            + "; write "
            + group.name()
            + ": {"
            + name
            + ": ...}";
      }
    }
    List<String> names = Key.names(keys);
    String nearest = NearestName.of(name, names);
    return what
        + " has no key "
        + name
        + (nearest == null
            ? "; the keys are " + String.join(", ", names)
            : "; did you mean " + nearest + "?");
  }

  /** Returns the message for a key whose colon touches the value. */
  static String noBlank(String key, String value) {
    return "the colon behind " + key + " needs a blank; write " + key + ": " + value.trim();
  }

  private void read(Key key, YamlNode.Entry entry, Fields fields) {
    YamlNode value = entry.value();
    Origin place = value.place();
    if (value instanceof YamlNode.Text text && text.isNull()) {
      problems.add(
          entry.key().place(),
          key.name() + " has no value; write " + RuleText.example(key) + ", or leave the key out");
      return;
    }
    switch (key.form()) {
      case GROUP -> {
        if (value instanceof YamlNode.Entries group) {
          fields.put(key, read(group, key.keys(), key.name()), place);
        } else {
          wrong(key, value);
        }
      }
      case METHODS -> {
        List<MethodTarget> methods = methods(key, value);
        if (!methods.isEmpty()) {
          fields.put(key, methods, place);
        }
      }
      default -> {
        if (value instanceof YamlNode.Text text) {
          one(key, text, fields);
        } else {
          wrong(key, value);
        }
      }
    }
  }

  private void one(Key key, YamlNode.Text text, Fields fields) {
    Object value = null;
    switch (key.form()) {
      case TYPE -> {
        String name = text.value().trim();
        String wrong = Names.wrongType(name);
        if (wrong == null) {
          value = name;
        } else {
          problems.add(text.place(), wrong);
        }
      }
      case FLAG -> {
        if (text.value().equals("true") || text.value().equals("false")) {
          value = Boolean.valueOf(text.value());
        } else {
          problems.add(
              text.place(), key.name() + ": \"" + text.value() + "\"; write true or false");
        }
      }
      default -> {
        value = Expressions.read(key, text, problems);
        if (value != null) {
          places.put(value, text.at(1));
        }
      }
    }
    if (value != null) {
      fields.put(key, value, text.place());
    }
  }

  private List<MethodTarget> methods(Key key, YamlNode value) {
    List<MethodTarget> methods = new ArrayList<>();
    List<YamlNode> items = value instanceof YamlNode.Items list ? list.items() : List.of(value);
    if (items.isEmpty()) {
      problems.add(value.place(), key.name() + " is an empty list; write " + RuleText.example(key));
    }
    for (YamlNode item : items) {
      if (!(item instanceof YamlNode.Text text) || text.isNull()) {
        wrong(key, item);
        continue;
      }
      try {
        MethodTarget method = Names.method(text.value().trim());
        if (methods.contains(method)) {
          problems.add(text.place(), text.value() + " is named twice; leave one of both out");
        } else {
          methods.add(method);
          places.put(method, text.at(1));
        }
      } catch (IllegalArgumentException e) {
        problems.add(text.place(), e.getMessage());
      }
    }
    return methods;
  }

  private void wrong(Key key, YamlNode value) {
    problems.add(
        value.place(),
        key.name() + " cannot be " + value.kind() + "; write " + RuleText.example(key));
  }
}
