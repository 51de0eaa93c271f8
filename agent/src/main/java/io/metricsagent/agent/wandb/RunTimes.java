package io.metricsagent.agent.wandb;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Reads times of W&B, which have an offset or are in UTC. Stateless. */
final class RunTimes {
  private static final int LONGEST = 64;
  private static final double NANOS_PER_SECOND = 1e9;

  private RunTimes() {}

  /** Returns seconds since 1970, or NaN if the text is no time. */
  static double parse(String text) {
    if (text.length() > LONGEST) {
      return Double.NaN;
    }
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.strip().replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return seconds(
          time instanceof OffsetDateTime offset
              ? offset.toInstant()
              : ((LocalDateTime) time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  /** Returns seconds since 1970. */
  static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / NANOS_PER_SECOND;
  }
}
