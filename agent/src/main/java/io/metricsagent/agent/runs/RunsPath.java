package io.metricsagent.agent.runs;

import java.io.File;
import java.util.Map;

/** Finds the file of runs. Stateless. */
public final class RunsPath {
  /** The name of the file within the agent's folder. */
  static final String FILE_NAME = "metrics.jsonl";

  /** The variable of the specification, which an application may use that writes such a file. */
  static final String SPECIFIED_VARIABLE = "WORLDFLUX_METRICS_PATH";

  private static final String NO_FILE = "/dev/null";

  private RunsPath() {}

  /**
   * Returns the path of the default file as text.
   *
   * @param configured the agent's own setting of this path, or {@code null}
   * @param folder the agent's folder
   * @param home the folder that {@code ~} stands for
   */
  public static String defaultPath(
      String configured, File folder, Map<String, String> environment, String home) {
    for (String candidate : new String[] {configured, environment.get(SPECIFIED_VARIABLE)}) {
      if (candidate != null && !candidate.isBlank()) {
        return expanded(candidate.strip(), home);
      }
    }
    return new File(folder, FILE_NAME).getPath();
  }

  private static String expanded(String path, String home) {
    boolean underHome =
        path.equals("~") || path.startsWith("~/") || path.startsWith("~" + File.separator);
    return underHome ? home + path.substring(1) : path;
  }

  /** Returns the path of the default file, in this process. */
  public static String ofProcess(String configured, File folder) {
    return defaultPath(configured, folder, System.getenv(), System.getProperty("user.home", ""));
  }

  /** Returns whether a path stands for no file, which it does on every system. */
  public static boolean isNoFile(String path) {
    return path.equals(NO_FILE);
  }
}
