package io.metricsagent.agent.rollups.record;

import java.io.File;
import java.time.Duration;
import java.util.List;

/**
 * What the user has set for the recording of session metrics. Immutable.
 *
 * @param folder where the files go
 * @param worker the tag of this process
 * @param experiment the tag of its calls, or {@code null}
 * @param flushMillis after how many milliseconds figures are written at the latest
 * @param maxKeys how many keys may wait for being written
 * @param successPieces after how many pieces the start of a streamed request is a success
 * @param excuses the phrases that excuse an error
 * @param swapModels whether several models of one provider are a swap
 * @param maxFiles how many files are kept
 * @param maxAge how long files are kept
 */
public record RollupOptions(
    File folder,
    String worker,
    String experiment,
    long flushMillis,
    int maxKeys,
    int successPieces,
    List<String> excuses,
    boolean swapModels,
    int maxFiles,
    Duration maxAge) {

  public RollupOptions {
    excuses = List.copyOf(excuses);
  }
}
