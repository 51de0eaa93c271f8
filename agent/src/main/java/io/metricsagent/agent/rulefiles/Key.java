package io.metricsagent.agent.rulefiles;

import io.metricsagent.instrumentations.user.values.Expression.Root;
import java.util.ArrayList;
import java.util.List;

/**
 * A key that a rule may have.
 *
 * @param required whether a rule without the key is wrong
 * @param roots what the paths of the value may begin with; empty if the value is no expression
 * @param each whether a path may have {@code [*]}
 * @param about what the value is for; a sentence
 * @param keys the keys of a group, else empty
 */
record Key(
    String name,
    Form form,
    boolean required,
    List<Root> roots,
    boolean each,
    String about,
    List<Key> keys) {

  static Key plain(String name, Form form, String about) {
    boolean required = form == Form.TYPE || form == Form.METHODS;
    return new Key(name, form, required, List.of(), false, about, List.of());
  }

  /** Returns a key for an expression. */
  static Key expression(String name, Form form, List<Root> roots, String about) {
    return new Key(name, form, false, roots, false, about, List.of());
  }

  static Key group(String name, String about, Key... keys) {
    return new Key(name, Form.GROUP, false, List.of(), false, about, List.of(keys));
  }

  /** Returns this key, which a rule may lack. */
  Key optional() {
    return new Key(name, form, false, roots, each, about, keys);
  }

  /** Returns this key, whose paths may go through each element of a collection. */
  Key forEach() {
    return new Key(name, form, required, roots, true, about, keys);
  }

  /** Returns the names of some keys. */
  static List<String> names(List<Key> keys) {
    List<String> names = new ArrayList<>();
    for (Key key : keys) {
      names.add(key.name);
    }
    return names;
  }

  /** Returns the key with a name, or {@code null}. */
  static Key named(String name, List<Key> keys) {
    for (Key key : keys) {
      if (key.name.equals(name)) {
        return key;
      }
    }
    return null;
  }
}
