package io.metricsagent.agent.cli;

import io.metricsagent.agent.sessions.SessionFile;
import io.metricsagent.agent.sessions.SessionFileException;
import io.metricsagent.agent.sessions.SkippedSessions;
import io.metricsagent.bootstrap.AgentLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the files that users name one after the other, and shows the progress on a terminal. */
final class SessionInputs {
  /** Reads one file. */
  interface Reader {
    void read(Path file, InputStream in) throws IOException, CliException;
  }

  /** Reads the sessions of one file. */
  interface SessionReader {
    SessionFile.Found read(InputStream in) throws IOException;
  }

  private static final String SUFFIX = ".json";

  private final List<Path> files;
  private final Path output;
  private final boolean terminal;
  private final PrintWriter out;
  private final PrintWriter err;

  private SessionInputs(
      List<Path> files, Path output, boolean terminal, PrintWriter out, PrintWriter err) {
    this.files = files;
    this.output = output;
    this.terminal = terminal;
    this.out = out;
    this.err = err;
  }

  /**
   * Finds the files.
   *
   * @param paths files, folders, of which all {@code *.json} count, or {@code -}
   * @param output the file that the command writes, or {@code null}
   * @throws CliException if one does not exist, is named twice, or is the output
   */
  static SessionInputs of(
      List<Path> paths, Path output, boolean terminal, PrintWriter out, PrintWriter err)
      throws CliException {
    Inputs.checkOutput(output, paths);
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> found = Inputs.list(path, SUFFIX);
        if (found.isEmpty()) {
          err.println(AgentLog.printable(path + ": holds no *.json files"));
        }
        files.addAll(found);
      } else if (!Inputs.exists(path)) {
        throw CliException.usage(path + ": no such file; give files, or folders with *.json files");
      } else if (!files.add(path)) {
        throw CliException.usage(path + ": the file is named twice; name it once");
      }
    }
    return new SessionInputs(List.copyOf(files), output, terminal, out, err);
  }

  /**
   * Reads the sessions of all files, and tells on standard error what cannot be read.
   *
   * @param what what failed, for the message: {@code Analysis}
   * @throws CliException if a file is torn, or holds no JSON, or if the output would replace it; an
   *     earlier output in a folder that is read holds no sessions, so it may be replaced
   */
  void readSessions(String what, SessionReader reader) throws CliException {
    readAll(
        what,
        (file, in) -> {
          SessionFile.Found found = reader.read(in);
          SkippedSessions skipped = found.skipped();
          if (!found.hasSessions()) {
            err.println(AgentLog.printable(file + ": holds no list of sessions"));
            return;
          }
          Inputs.checkOutput(output, List.of(file));
          if (skipped.count() > 0) {
            err.println(AgentLog.printable(file + ": " + skipped.describe()));
          }
        });
  }

  /** Reads all files. */
  void readAll(String what, Reader reader) throws CliException {
    ReadProgress progress = new ReadProgress(out);
    long before = 0;
    for (Path file : files) {
      try (CountedInput in =
          new CountedInput(Inputs.open(file), before, terminal ? progress : bytes -> {})) {
        reader.read(file, in);
        before = in.bytes();
      } catch (IOException e) {
        progress.clear();
        throw CliException.failed(what + " failed: " + reason(file, e), e);
      }
    }
    progress.clear();
  }

  /**
   * Returns the name of a file and what is wrong with it: with its contents, or with reading it.
   */
  private static String reason(Path file, IOException failure) {
    return Inputs.name(file)
        + (failure instanceof SessionFileException ? ": " : ": cannot be read: ")
        + Inputs.reason(file, failure);
  }
}
