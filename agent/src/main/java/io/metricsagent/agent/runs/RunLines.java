package io.metricsagent.agent.runs;

import io.metricsagent.agent.files.JsonLines;
import java.io.IOException;

/**
 * Adds the events of a file of runs, or of a part of one, to a tally. The lines are parsed in the
 * buffer that they are read into. Not thread-safe.
 */
final class RunLines implements JsonLines.Handler {
  private final EventParser parser = new EventParser();
  private final RunEvent event = new RunEvent();
  private final Tally tally;

  RunLines(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void begin(byte[] bytes, int end) {
    parser.begin(bytes, end);
  }

  @Override
  public boolean line(byte[] bytes, int begin, int end) throws IOException {
    if (!parser.parse(begin, end, event)) {
      return false;
    }
    tally.add(event);
    return true;
  }
}
