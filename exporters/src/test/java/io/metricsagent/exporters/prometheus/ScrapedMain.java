package io.metricsagent.exporters.prometheus;

import io.metricsagent.bootstrap.Faults;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that is scraped. It prints its port and, for each number that it reads, how many
 * of so many files it could open; it keeps them open until the next number.
 */
final class ScrapedMain {
  private static final List<InputStream> FILES = new ArrayList<>();

  private ScrapedMain() {}

  public static void main(String[] arguments) throws IOException {
    // Under the agent, classes come from memory. Here each class that is loaded opens a file, and
    // the
    // server would not find the class that absorbs its faults once the descriptors are used up.
    Faults.absorbed("nothing has happened", new IOException());
    SampleRegistry sample = new SampleRegistry().recordEverything();
    try (PrometheusSink sink =
            PrometheusSink.open(new PrometheusSettings("127.0.0.1", 0, null), sample::snapshot);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(sink.port());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(opened(Integer.parseInt(line)));
      }
    }
  }

  private static int opened(int wanted) throws IOException {
    for (InputStream file : FILES) {
      file.close();
    }
    FILES.clear();
    try {
      while (FILES.size() < wanted) {
        FILES.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException outOfDescriptors) {
      return FILES.size();
    }
    return FILES.size();
  }
}
