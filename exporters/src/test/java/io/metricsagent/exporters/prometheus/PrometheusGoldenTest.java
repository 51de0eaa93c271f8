package io.metricsagent.exporters.prometheus;

import io.metricsagent.exporters.testing.Golden;
import io.metricsagent.exporters.testing.GoldenSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The answers to a scrape, byte by byte. */
class PrometheusGoldenTest {
  @Test
  void text() throws Exception {
    Golden.isOrBecomesText("prometheus.txt", scrape(Format.TEXT));
  }

  @Test
  void openMetrics() throws Exception {
    Golden.isOrBecomesText("openmetrics.txt", scrape(Format.OPEN_METRICS));
  }

  @Test
  void protobuf() throws Exception {
    Golden.isOrBecomesHex("prometheus.protobuf.hex", scrape(Format.PROTOBUF));
  }

  private static byte[] scrape(Format format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(GoldenSnapshots.make().second(), out);
    return out.toByteArray();
  }
}
