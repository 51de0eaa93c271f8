package io.metricsagent.agent.sessions;

import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of a file that could not be read.
 *
 * @param count how many
 * @param first the places of the first ones in the file, from 1, each with the reason; at most
 *     {@link #NAMED}
 */
public record SkippedSessions(long count, List<String> first) {
  /** How many sessions are named. */
  public static final int NAMED = 5;

  static final SkippedSessions NONE = new SkippedSessions(0, List.of());

  public SkippedSessions {
    first = List.copyOf(first);
  }

  SkippedSessions with(long place, String reason) {
    List<String> named = new ArrayList<>(first);
    if (named.size() < NAMED) {
      named.add(place + " (" + reason + ")");
    }
    return new SkippedSessions(count + 1, named);
  }

  /** Returns a sentence about these sessions, without the name of the file. */
  public String describe() {
    long more = count - first.size();
    return "skipped "
        + (count == 1
            ? "1 session that cannot be read: "
            : count + " sessions that cannot be read: ")
        + String.join(", ", first)
        + (more == 0 ? "" : " and " + more + " more");
  }
}
