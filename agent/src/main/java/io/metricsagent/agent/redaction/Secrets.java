package io.metricsagent.agent.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The secrets that were found in a text: each a range of it. Not thread-safe. */
final class Secrets {
  /** What a secret is; its name stands in the text in place of the secret. */
  enum Kind {
    EMAIL("email"),
    API_KEY("api-key"),
    BEARER_TOKEN("bearer-token"),
    CARD_NUMBER("card-number"),
    PHONE_NUMBER("phone-number"),
    OWN("pattern");

    private final String placeholder;

    Kind(String name) {
      placeholder = "[redacted:" + name + "]";
    }

    String placeholder() {
      return placeholder;
    }
  }

  private record Range(int begin, int end, Kind kind) {}

  private final List<Range> ranges = new ArrayList<>();

  /** Adds the characters from {@code begin} to before {@code end}. */
  void add(int begin, int end, Kind kind) {
    ranges.add(new Range(begin, end, kind));
  }

  /** Adds what was found in a text without its escapes. */
  void addAll(Secrets found, Unescaped text) {
    for (Range range : found.ranges) {
      add(text.placeOf(range.begin()), text.placeOf(range.end()), range.kind());
    }
  }

  /**
   * Returns the text with a placeholder for each secret; of secrets that overlap, the first's.
   *
   * @param keep the place of the text at which the result ends
   */
  String replaceIn(String text, int keep) {
    if (ranges.isEmpty()) {
      return text.substring(0, keep);
    }
    ranges.sort(Comparator.comparingInt(Range::begin).thenComparing(range -> -range.end()));
    StringBuilder clean = new StringBuilder(keep);
    int done = 0;
    for (Range range : ranges) {
      if (range.begin() >= keep) {
        break;
      }
      if (range.begin() >= done) {
        clean.append(text, done, range.begin()).append(range.kind().placeholder());
      }
      done = Math.max(done, range.end());
    }
    return done < keep ? clean.append(text, done, keep).toString() : clean.toString();
  }
}
