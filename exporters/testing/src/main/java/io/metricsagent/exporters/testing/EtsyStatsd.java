package io.metricsagent.exporters.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The StatsD daemon of Etsy, version 0.9.0, in a node process on 127.0.0.1. Its flush interval is
 * so long that the admin port shows raw values.
 */
public final class EtsyStatsd implements AutoCloseable {
  private static final Pattern ENTRY =
      Pattern.compile("'?([^'\\s{][^'\\n]*?)'?: (\\[[^\\]]*]|[-0-9.e+]+)");

  private final Process process;
  private final int port = Ports.free();
  private final int adminPort = Ports.free();

  /** Starts the daemon on free ports and waits until it answers. */
  public EtsyStatsd() throws IOException, InterruptedException {
    Path installation = NodePackages.install("statsd@0.9.0");
    Path config = Files.createTempFile("statsd", ".js");
    Files.writeString(
        config,
        """
        { server: './servers/udp', address: '127.0.0.1', port: %d,
          mgmt_address: '127.0.0.1', mgmt_port: %d,
          flushInterval: 3600000, backends: [] }
        """
            .formatted(port, adminPort));
    // The admin port prints objects with util.inspect, which cuts arrays after 100 elements.
    Path wholeArrays = Files.createTempFile("whole-arrays", ".js");
    Files.writeString(wholeArrays, "require('util').inspect.defaultOptions.maxArrayLength = null;");
    Path output = Files.createTempFile("statsd", ".log");
    process =
        new ProcessBuilder(
                "node",
                "--require",
                wholeArrays.toString(),
                installation.resolve("node_modules/statsd/stats.js").toString(),
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    // The daemon watches its configuration and ends when that goes away.
    config.toFile().deleteOnExit();
    output.toFile().deleteOnExit();
    wholeArrays.toFile().deleteOnExit();
    awaitAnswer(output);
  }

  private void awaitAnswer(Path output) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try {
        // The admin port opens before the metrics port does.
        send("ready:1|g");
        if (gauges().containsKey("ready")) {
          return;
        }
        throw new UncheckedIOException(new IOException("it reads no datagrams"));
      } catch (UncheckedIOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new IOException("statsd did not start: " + Files.readString(output), e);
        }
        // Waits for the process to end rather than for time to pass.
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void send(String line) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }
  }

  /** Returns the UDP port. */
  public int port() {
    return port;
  }

  /** Returns counters by name. */
  public Map<String, Double> counters() {
    return numbers("counters");
  }

  /** Returns gauges by name. */
  public Map<String, Double> gauges() {
    return numbers("gauges");
  }

  private Map<String, Double> numbers(String command) {
    Map<String, Double> numbers = new TreeMap<>();
    Matcher matcher = ENTRY.matcher(admin(command));
    while (matcher.find()) {
      numbers.put(matcher.group(1), Double.valueOf(matcher.group(2)));
    }
    return numbers;
  }

  /** Returns all values of each timer by name, in the order of arrival. */
  public Map<String, List<Double>> timers() {
    Map<String, List<Double>> timers = new TreeMap<>();
    Matcher matcher = ENTRY.matcher(admin("timers"));
    while (matcher.find()) {
      List<Double> values = new ArrayList<>();
      for (String value : matcher.group(2).replaceAll("[\\[\\]\\s]", "").split(",", -1)) {
        if (!value.isEmpty()) {
          values.add(Double.valueOf(value));
        }
      }
      timers.put(matcher.group(1), values);
    }
    return timers;
  }

  /** Returns how many lines the daemon could not read. */
  public double badLines() {
    return counters().getOrDefault("statsd.bad_lines_seen", 0.0);
  }

  private String admin(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), adminPort)) {
      socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      for (String line = reader.readLine();
          line != null && !line.equals("END");
          line = reader.readLine()) {
        answer.append(line).append('\n');
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
