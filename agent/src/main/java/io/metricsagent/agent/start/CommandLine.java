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

  /** Past {@code System.out}, which keeps to itself that a disk is full. */
  private static PrintWriter writer(FileDescriptor file, Charset encoding) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(file), encoding), true);
  }

  /**
   * The encoding of the terminal, which the JVM tells from 19 on; before, the platform's is the
   * best guess.
   */
  private static Charset encoding(String property) {
    String name = System.getProperty(property, System.getProperty("native.encoding", "UTF-8"));
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }
}
