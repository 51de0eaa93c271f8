package io.metricsagent.agent.start;

import io.metricsagent.agent.cli.MetricsAgentCli;
import io.metricsagent.agent.cli.Wiring;
import io.metricsagent.exporters.archive.SnapshotJson;
import io.metricsagent.exporters.archive.SnapshotMerge;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Connects the command line to the exporters. Stateless. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * Runs a command. Called by reflection.
   *
   * @return the exit code
   */
  public static int run(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out, encoding("stdout.encoding"));
    PrintWriter err = writer(FileDescriptor.err, encoding("stderr.encoding"));
    int exitCode =
        MetricsAgentCli.run(
            arguments,
            new Wiring(AgentVersion.get(), Sinks::of, SnapshotJson::write, SnapshotMerge::merge),
            out,
            err);
    out.flush();
    err.flush();
    return exitCode;
  }

  /**
   * Returns a writer that does not use {@code System.out}, which hides write errors such as a full
   * disk.
   */
  private static PrintWriter writer(FileDescriptor file, Charset encoding) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(file), encoding), true);
  }

  /**
   * Returns the encoding of the terminal, which JVMs from 19 on know; for older ones the platform's
   * encoding is the best guess.
   */
  private static Charset encoding(String property) {
    String name = System.getProperty(property, System.getProperty("native.encoding", "UTF-8"));
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }
}
