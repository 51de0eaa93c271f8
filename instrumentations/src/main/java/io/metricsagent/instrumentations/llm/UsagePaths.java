package io.metricsagent.instrumentations.llm;

import io.metricsagent.instrumentations.access.Accessor;
import java.util.List;

/** Reads tokens by paths. If a number has several paths, the known values add up. */
public final class UsagePaths implements UsageReader {
  private final Accessor usage;
  private final Accessor[] input;
  private final Accessor[] output;
  private final Accessor[] cached;

  /**
   * Makes the paths.
   *
   * @param usage path from the response to the usage, from which the other paths continue
   * @throws IllegalArgumentException if a path is malformed
   */
  public UsagePaths(String usage, List<String> input, List<String> output, String cached) {
    this.usage = Accessor.path(usage);
    this.input = paths(input);
    this.output = paths(output);
    this.cached = paths(List.of(cached));
  }

  private static Accessor[] paths(List<String> paths) {
    Accessor[] accessors = new Accessor[paths.size()];
    for (int i = 0; i < accessors.length; i++) {
      accessors[i] = Accessor.path(paths.get(i));
    }
    return accessors;
  }

  @Override
  public Object usageIn(Object response) {
    return usage.read(response);
  }

  @Override
  public long input(Object said) {
    return sum(input, said);
  }

  @Override
  public long output(Object said) {
    return sum(output, said);
  }

  @Override
  public long cached(Object said) {
    return sum(cached, said);
  }

  private static long sum(Accessor[] parts, Object said) {
    long sum = -1;
    for (Accessor part : parts) {
      long tokens = part.readLong(said);
      if (tokens >= 0) {
        sum = Math.max(0, sum) + tokens;
      }
    }
    return sum;
  }
}
