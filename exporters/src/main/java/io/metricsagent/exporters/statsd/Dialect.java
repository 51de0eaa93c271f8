package io.metricsagent.exporters.statsd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a family of StatsD servers writes tags: a handful of separators and the characters that a tag
 * must not contain.
 *
 * <p>Everything else, {@code name:value|type} and {@code |@rate}, is the same for all. Immutable.
 *
 * @param name what {@code metrics.agent.statsd.dialect} calls it
 * @param afterType whether tags follow the type and the rate, or the name
 * @param start stands before the first tag
 * @param separator stands between tags
 * @param assignment stands between a tag's key and its value
 * @param reserved characters of this dialect that become {@code _} in a tag's value, besides those
 *     that no dialect allows
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

  /** {@code name.k.v.k.v:1|c}, for servers that know no tags. */
  public static final Dialect ETSY = new Dialect("etsy", false, ".", ".", ".", ".:/#;,[]");

  private static final List<Dialect> ALL = List.of(DATADOG, TELEGRAF, GRAPHITE, LIBRATO, ETSY);

  /** These end a field or a line everywhere. */
  private static final String RESERVED_EVERYWHERE = "|@";

  private static final char REPLACEMENT = '_';

  /**
   * Returns the dialect of a name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
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
   * Appends everything of a line but the line feed.
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
   * Appends a value with what would end it replaced. Letters of all scripts stay; half a surrogate
   * pair has no UTF-8 form and is replaced.
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
