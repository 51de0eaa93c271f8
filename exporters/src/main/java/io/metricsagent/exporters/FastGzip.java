package io.metricsagent.exporters;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Gzip at its fastest level. Metrics are so repetitive that the default level would compress them
 * little better, for much more of the application's processor time.
 */
public final class FastGzip extends GZIPOutputStream {
  private static final int BUFFER_BYTES = 8192;

  /** Writes the header. */
  public FastGzip(OutputStream out) throws IOException {
    super(out, BUFFER_BYTES);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
