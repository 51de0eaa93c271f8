package io.metricsagent.agent.wandb;

import io.metricsagent.agent.files.JsonFault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads an export of runs: an array of objects. The array is read piece by piece, so its size does
 * not matter; only what becomes a gauge is kept. Stateless.
 */
public final class WandbExport {
  private WandbExport() {}

  /**
   * Adds the runs of an export. An element that is no object is counted; after a syntax error
   * nothing can be read.
   *
   * @param progress is told how many bytes have been read
   * @throws WandbException if the stream is no array of JSON; the message names line and column
   * @throws IOException if the stream fails
   */
  public static void read(InputStream in, LongConsumer progress, WandbGauges into)
      throws IOException, WandbException {
    RunParser runs = new RunParser(RunField.OF_EXPORT);
    try (JsonParser parser = RunParser.JSON.createParser(ObjectReadContext.empty(), in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new WandbException("not an export of runs: expected an array of objects");
      }
      JsonToken token = parser.nextToken();
      while (token != JsonToken.END_ARRAY) {
        if (token == null) {
          throw new WandbException("the array has no end; the export may be torn");
        }
        if (token == JsonToken.START_OBJECT) {
          into.add(runs.read(parser));
        } else {
          parser.skipChildren();
          into.addOther();
        }
        progress.accept(parser.currentLocation().getByteOffset());
        token = parser.nextToken();
      }
      if (parser.nextToken() != null) {
        throw new WandbException("there is more text after the end of the array");
      }
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      String fault = JsonFault.isTorn(e) ? JsonFault.torn(e) : JsonFault.describe(e);
      throw new WandbException(fault, e);
    }
  }

  /**
   * Returns the end of the seven days of an export: its newest time, but not after {@code now}, so
   * that an old export has the same gauges as on the day when it was made.
   *
   * @return in seconds since 1970
   */
  public static double end(WandbGauges read, Instant now) {
    double clock = RunTimes.seconds(now);
    return Math.min(clock, read.newest(clock));
  }
}
