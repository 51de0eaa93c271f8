package io.metricsagent.agent.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Replaces secrets in texts by words such as {@code [redacted:email]}. Thread-safe. */
public final class Redactor {
  /** Stands for a text whose secrets could not be found in reasonable time. */
  static final String ALL = "[redacted]";

  /** Stands at the end of a text that was cut. */
  static final String CUT = "…";

  /**
   * How much of a long text is searched for secrets; what is kept ends long before. In characters.
   */
  private static final int WINDOW = 1 << 16;

  /** A secret that begins before the end of the window may be cut there. In characters. */
  private static final int MARGIN = 1 << 12;

  private final List<SecretFinder> finders;

  private Redactor(List<SecretFinder> finders) {
    this.finders = List.copyOf(finders);
  }

  /**
   * Makes a redactor.
   *
   * @param ownPattern a regular expression of the user's in the syntax of RE2, or {@code null}
   * @throws IllegalArgumentException if the pattern is malformed; the message says how
   */
  public static Redactor with(String ownPattern) {
    List<SecretFinder> finders =
        new ArrayList<>(
            List.of(
                new EmailFinder(),
                new AssignedSecretFinder(),
                new KeyFinder(),
                new NumberFinder()));
    if (ownPattern != null && !ownPattern.isEmpty()) {
      finders.add(new PatternFinder(ownPattern));
    }
    return new Redactor(finders);
  }

  /** Returns a text without secrets. */
  public String redact(String text) {
    return clean(text, text.length());
  }

  /**
   * Returns the beginning of a text, without secrets. Secrets are replaced first, so the cut can
   * split none; of a long text only the beginning is looked at, with enough behind the cut to know
   * a secret that begins before it.
   *
   * @param maxBytes the most bytes that the result has in UTF-8
   */
  public String redactAndCut(String text, int maxBytes) {
    boolean part = text.length() > WINDOW;
    String clean = part ? clean(text.substring(0, WINDOW), WINDOW - MARGIN) : redact(text);
    return cut(clean, maxBytes, part);
  }

  /** Replaces the secrets of a text, and of the result keeps what begins before a place of it. */
  private String clean(String text, int keep) {
    Secrets secrets = new Secrets();
    try {
      find(text, secrets);
      Unescaped plain = Unescaped.of(text);
      if (plain != null) { // what looks like an escape may be none, so both forms are searched
        Secrets hidden = new Secrets();
        find(plain.text(), hidden);
        secrets.addAll(hidden, plain);
      }
    } catch (TooManyStepsException | StackOverflowError e) {
      return ALL;
    }
    return secrets.replaceIn(text, keep);
  }

  private void find(CharSequence text, Secrets secrets) throws TooManyStepsException {
    for (SecretFinder finder : finders) {
      finder.find(text, secrets);
    }
  }

  /**
   * Returns a tree without secrets: in texts, in names of fields, in numbers, and the whole value
   * of a field whose name announces a secret.
   */
  public JsonNode redact(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return redact(object);
    }
    if (tree instanceof ArrayNode array) {
      ArrayNode clean = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> clean.add(redact(item)));
      return clean;
    }
    if (tree.isString() || tree.isNumber()) {
      String text = tree.asString();
      String clean = redact(text);
      return clean.equals(text) ? tree : JsonNodeFactory.instance.stringNode(clean);
    }
    return tree;
  }

  /** Returns an object without secrets. */
  public ObjectNode redact(ObjectNode object) {
    ObjectNode clean = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      boolean secret =
          AssignedSecretFinder.isSecretName(field.getKey())
              && value.isString()
              && !value.stringValue().isEmpty();
      clean.set(
          redact(field.getKey()),
          secret
              ? JsonNodeFactory.instance.stringNode(Secrets.Kind.API_KEY.placeholder())
              : redact(value));
    }
    return clean;
  }

  /** Cuts a text between two characters, so that it has at most so many bytes. */
  private static String cut(String text, int maxBytes, boolean part) {
    if (!part && text.length() <= maxBytes / 3) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= maxBytes && !part) {
      return text;
    }
    int end = Math.min(bytes.length, maxBytes - CUT.getBytes(StandardCharsets.UTF_8).length);
    while (end > 0 && end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
  }
}
