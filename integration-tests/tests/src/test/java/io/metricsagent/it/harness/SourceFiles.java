package io.metricsagent.it.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Compiles small applications for a test. Stateless. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * Compiles classes of the unnamed package for JDK 17.
   *
   * @param folder the folder for the class files
   * @param classPath the class path of the compiler
   * @param namesAndSources the name of each class, then its source
   */
  public static void compile(Path folder, String classPath, String... namesAndSources)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("--release", "17", "-nowarn", "-d", folder.toString(), "-cp", classPath));
    for (int i = 0; i < namesAndSources.length; i += 2) {
      Path file = folder.resolve(namesAndSources[i] + ".java");
      command.add(Files.writeString(file, namesAndSources[i + 1]).toString());
    }
    int errors =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
    if (errors != 0) {
      throw new IllegalStateException("does not compile: " + namesAndSources[0]);
    }
  }
}
