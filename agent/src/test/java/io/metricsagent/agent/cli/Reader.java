package io.metricsagent.agent.cli;

import java.nio.file.Path;
import java.util.List;

/** A command, with {@code FILE} for the file and {@code OUT} for a place of its output. */
enum Reader {
  ANALYZE(FileFormat.SESSIONS, "analyze", "FILE", "-o", "OUT"),
  TO_EVALS(FileFormat.SESSIONS, "to-evals", "FILE", "-o", "OUT"),
  IMPORT_LOGS(FileFormat.LOG, "import-logs", "FILE", "-o", "OUT"),
  CLASSIFY(FileFormat.SIGNALS, "classify", "--input", "FILE", "--rollups", "OUT"),
  SLA(FileFormat.ROLLUPS, "sla", "FILE", "--by", "model,worker"),
  WASR(FileFormat.RUNS, "wasr", "--input", "FILE", "--now", "1760054400"),
  REPLAY(FileFormat.CALLS, "replay", "FILE", "--exporters", "none"),
  INSPECT(FileFormat.SNAPSHOT, "inspect", "FILE"),
  MERGE(FileFormat.SNAPSHOT, "merge", "FILE", "-o", "OUT"),
  WANDB(FileFormat.WANDB, "collect", "wandb", "--input", "FILE");

  private final FileFormat format;
  private final List<String> command;

  Reader(FileFormat format, String... command) {
    this.format = format;
    this.command = List.of(command);
  }

  /**
   * Returns the exit code for a file that is no file of this format: commands that read lines skip
   * what is none, but for {@code replay}, which was told to play everything.
   */
  int codeOfBroken() {
    return format.hasLines() && this != REPLAY ? 0 : 1;
  }

  FileFormat format() {
    return format;
  }

  /** Returns the command for a file and a place of its output. */
  String[] command(Path file, Path out) {
    return command.stream()
        .map(word -> word.equals("FILE") ? file.toString() : word)
        .map(word -> word.equals("OUT") ? out.toString() : word)
        .toArray(String[]::new);
  }
}
