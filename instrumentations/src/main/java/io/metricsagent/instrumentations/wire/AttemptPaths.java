package io.metricsagent.instrumentations.wire;

import io.metricsagent.instrumentations.access.Accessor;
import java.util.function.LongConsumer;

/**
 * A decoder that is only paths, for libraries that read a body before they hand out the answer or
 * while they take it apart: reading is not timed. The address does not tell the provider. Immutable
 * and thread-safe.
 */
public final class AttemptPaths implements AttemptDecoder {
  private final Accessor[] status;
  private final String decorator;

  private AttemptPaths(Accessor[] status, String decorator) {
    this.status = status;
    this.decorator = decorator;
  }

  /** Returns a decoder of answers with a status at the first of some paths that has one. */
  public static AttemptPaths statusAt(String... paths) {
    Accessor[] status = new Accessor[paths.length];
    for (int i = 0; i < paths.length; i++) {
      status[i] = Accessor.path(paths[i]);
    }
    return new AttemptPaths(status, null);
  }

  /** Returns this decoder for a library whose class of this simple name only hands requests on. */
  public AttemptPaths decorator(String simpleName) {
    return new AttemptPaths(status, simpleName);
  }

  @Override
  public boolean isDecorator(Object client) {
    return decorator != null && client.getClass().getSimpleName().equals(decorator);
  }

  @Override
  public String provider(Object request) {
    return null;
  }

  @Override
  public long status(Object answer) {
    long found = -1;
    for (int i = 0; found < 0 && i < status.length; i++) {
      found = status[i].readLong(answer);
    }
    return found;
  }

  @Override
  public Object timed(Object answer, LongConsumer reads) {
    return answer;
  }
}
