package io.metricsagent.instrumentations.libraries.googlegenai;

import io.metricsagent.bootstrap.WeakMap;
import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.llm.OpenStream;
import io.metricsagent.instrumentations.llm.ResultWatch;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.util.NoSuchElementException;

/**
 * The {@code ResponseStream}s that the application is reading. {@code ResponseStream} is a class
 * and cannot be wrapped, so its methods are woven.
 *
 * <p>A stream reads one piece ahead: {@code next} first waits for the following piece and then
 * returns the current one. The time of a piece is that of its arrival.
 */
final class ResponseStreams implements ResultWatch {
  private static final Accessor ITERATOR = Accessor.path("iterator()");
  private static final int MAX_STREAMS = 10_000;

  /** The state of a stream. Only one thread at a time reads the stream and writes this state. */
  private static final class Reading {
    private final OpenStream stream;
    private long arrivedNanos;

    /** The time that the application had waited for pieces until then. */
    private long waitedNanos;

    private boolean waiting;
    private boolean drained;

    Reading(OpenStream stream) {
      this.stream = stream;
      arrived();
    }

    private void arrived() {
      arrivedNanos = System.nanoTime();
      waitedNanos = stream.waitedNanos();
    }
  }

  private record Call(Reading reading, long nanos, long waitedNanos) {}

  private final ContentDecoder decoder;
  private final WeakMap<Object, Reading> readings = new WeakMap<>(2 * MAX_STREAMS);

  ResponseStreams(ContentDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Object watch(Object result, OpenStream stream) {
    stream.waitedSinceAttempt();
    Reading reading = new Reading(stream);
    readings.put(result, reading);
    Object iterator = ITERATOR.read(result);
    if (iterator != null) {
      readings.put(iterator, reading);
    }
    return result;
  }

  @Override
  public boolean isInPlace() {
    return true;
  }

  /** {@code readNextJson}: waits for a piece; {@code null} is the end. */
  SiteHandler waiting() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        Reading reading = readings.get(self);
        if (reading == null || reading.waiting) {
          return null; // the oldest versions call the method recursively to skip lines
        }
        reading.waiting = true;
        return new Call(reading, System.nanoTime(), 0);
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        Call call = (Call) token;
        Reading reading = call.reading;
        reading.waiting = false;
        reading.stream.waited(System.nanoTime() - call.nanos);
        reading.arrived();
        if (thrown != null) {
          reading.stream.failed(thrown);
        } else {
          reading.drained = result == null;
        }
        return result;
      }
    };
  }

  /** {@code next}: returns a piece; the request ends with the last piece. */
  SiteHandler next() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        Reading reading = readings.get(self);
        return reading == null
            ? null
            : new Call(reading, reading.arrivedNanos, reading.waitedNanos);
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        Call call = (Call) token;
        OpenStream stream = call.reading.stream;
        if (thrown != null) {
          if (!(thrown instanceof NoSuchElementException)) {
            stream.failed(thrown);
          }
          return result;
        }
        stream.keep(result);
        decoder.read(result, call.nanos, call.waitedNanos, stream);
        if (call.reading.drained) {
          stream.exhausted();
        }
        return result;
      }
    };
  }

  /** {@code hasNext}: a request without any piece ends with this call. */
  SiteHandler more() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        return readings.get(self);
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        if (Boolean.FALSE.equals(result)) {
          ((Reading) token).stream.exhausted();
        }
        return result;
      }
    };
  }

  /** {@code close}. */
  SiteHandler closed() {
    return new SiteHandler() {
      @Override
      public Object enter(Object self, Object arg0, Object arg1, Object arg2) {
        return readings.get(self);
      }

      @Override
      public Object exit(Object token, Object result, Throwable thrown) {
        ((Reading) token).stream.closed();
        return result;
      }
    };
  }
}
