package io.metricsagent.exporters.statsd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The syntax of tags for a family of StatsD servers: a few separators, and the characters that a
 * tag must not contain.
 *
 * <p>Everything else, {@code name:value|type} and {@code |@rate}, is the same for all. Immutable.
 *
 * @param name the name in {@code metrics.agent.statsd.dialect}
 * @param afterType whether tags follow the type and the rate, or the name
 * @param start the text before the first tag
 * @param separator the text between tags
 * @param assignment the text between a tag's key and its value
 * @param reserved the characters that are replaced by {@code _} in a tag's value, in addition to
 *     those that no dialect allows
 */
public record Dialect(
    String name,
    boolean afterType,
    String start,
    String separator,
    String assignment,
    String reserved) {

  /** {@code name:1|c|#k:v,k:v}; a colon may occur in a value, as in {@code llama3:8b}. */
  public static final Dialect DATADOG = new Dialect("datadog", true, "|#", ",", ":", ",#");

  /** {@code name,k=v,k=v:1|c}. */
  public static final Dialect TELEGRAF = new Dialect("telegraf", false, ",", ",", "=", ",=:");

  /** {@code name;k=v;k=v:1|c}. */
  public static final Dialect GRAPHITE = new Dialect("graphite", false, ";", ";", "=", ";=:~!^");

  /** {@code name#k=v,k=v:1|c}. */
  public static final Dialect LIBRATO = new Dialect("librato", false, "#", ",", "=", ",=:#");

  /** {@code name.k.v.k.v:1|c}, for servers that do not support tags. */
  public static final Dialect ETSY = new Dialect("etsy", false, ".", ".", ".", ".:/#;,[]");

  private static final List<Dialect> ALL = List.of(DATADOG, TELEGRAF, GRAPHITE, LIBRATO, ETSY);

  /** The characters that end a field in all dialects. */
  private static final String RESERVED_EVERYWHERE = "|@";

  private static final char REPLACEMENT = '_';

  /**
   * Returns the dialect of a name, in upper or lower case.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists all names
   */
  public static Dialect of(String name) {
    List<String> names = new ArrayList<>();
    for (Dialect dialect : ALL) {
      if (dialect.name.equals(name.toLowerCase(Locale.ROOT))) {
        return dialect;
      }
      names.add(dialect.name);
    }
    throw new IllegalArgumentException(
        "metrics.agent.statsd.dialect is '" + name + "'; write one of " + String.join(", ", names));
  }

  /**
   * Appends a line without its line feed.
   *
   * @param rate starts with {@code |@}, or is empty
   * @param tags sorted by key; may be empty
   */
  void append(
      StringBuilder line,
      String metric,
      String value,
      String type,
      String rate,
      Map<String, String> tags) {
    line.append(metric);
    if (!afterType) {
      appendTags(line, tags);
    }
    line.append(':').append(value).append('|').append(type).append(rate);
    if (afterType) {
      appendTags(line, tags);
    }
  }

  private void appendTags(StringBuilder line, Map<String, String> tags) {
    String before = start;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      line.append(before).append(tag.getKey()).append(assignment);
      appendClean(line, tag.getValue());
      before = separator;
    }
  }

  /**
   * Appends a value, and replaces the characters that would end it. Letters of all scripts stay;
   * half of a surrogate pair has no UTF-8 form and is replaced.
   */
  private void appendClean(StringBuilder line, String value) {
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      // Datadog drops a colon at the end of a tag.
      boolean colonAtEnd = c == ':' && i == value.length();
      if (isAllowed(c) && !colonAtEnd) {
        line.appendCodePoint(c);
      } else {
        line.append(REPLACEMENT);
      }
    }
  }

  private boolean isAllowed(int c) {
    return !Character.isISOControl(c)
        && !Character.isWhitespace(c)
        && Character.getType(c) != Character.SURROGATE
        && reserved.indexOf(c) < 0
        && RESERVED_EVERYWHERE.indexOf(c) < 0;
  }
}
