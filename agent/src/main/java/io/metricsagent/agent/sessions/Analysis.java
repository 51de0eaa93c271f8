package io.metricsagent.agent.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up sessions. Not thread-safe. */
public final class Analysis {
  /** The figures of sessions: of all, or of those of a skill. */
  public static final class Figures {
    private long sessions;
    private long successes;
    private long durationMs;
    private long toolCalls;

    private void add(SessionSummary session) {
      sessions++;
      successes += session.success() ? 1 : 0;
      durationMs += session.durationMs();
      toolCalls += session.toolCalls();
    }

    /** Returns the number of sessions. */
    public long sessions() {
      return sessions;
    }

    /** Returns the part of the sessions that succeeded, 0 to 1. */
    public double successRate() {
      return average(successes);
    }

    /** Returns the average duration in milliseconds; a session without an end has 0. */
    public double averageDurationMs() {
      return average(durationMs);
    }

    /** Returns the number of tool calls. */
    public long toolCalls() {
      return toolCalls;
    }

    /** Returns the average number of tool calls. */
    public double averageToolCalls() {
      return average(toolCalls);
    }

    private double average(long sum) {
      return sessions == 0 ? 0 : (double) sum / sessions;
    }
  }

  private final String onlySkill;
  private final Figures all = new Figures();
  private final Map<String, Figures> skills = new HashMap<>();
  private Instant start;
  private Instant end;

  /**
   * Begins an analysis.
   *
   * @param onlySkill the skill whose sessions count, or {@code null} for all sessions
   */
  public Analysis(String onlySkill) {
    this.onlySkill = onlySkill;
  }

  /** Adds a session, if it counts. */
  public void add(SessionSummary session) {
    if (onlySkill != null && !onlySkill.equals(session.skill())) {
      return;
    }
    all.add(session);
    if (session.skill() != null) {
      skills.computeIfAbsent(session.skill(), none -> new Figures()).add(session);
    }
    start = start == null || session.start().isBefore(start) ? session.start() : start;
    if (session.end() != null && (end == null || session.end().isAfter(end))) {
      end = session.end();
    }
  }

  /** Returns the figures of all sessions. */
  public Figures all() {
    return all;
  }

  /** Returns the names of all skills: those with most sessions first, then by name. */
  public List<String> skills() {
    List<String> names = new ArrayList<>(skills.keySet());
    names.sort(
        Comparator.comparingLong((String name) -> -skills.get(name).sessions())
            .thenComparing(Comparator.naturalOrder()));
    return names;
  }

  /** Returns the figures of a skill that {@link #skills} names. */
  public Figures skill(String name) {
    return skills.get(name);
  }

  /** Returns when the first session began; {@code null} if there is no session. */
  public Instant start() {
    return start;
  }

  /** Returns when the last session ended; {@code null} if no end is known. */
  public Instant end() {
    return end;
  }
}
