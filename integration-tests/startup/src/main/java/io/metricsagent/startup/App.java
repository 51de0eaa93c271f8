package io.metricsagent.startup;

import java.nio.file.Path;
import java.util.List;

/**
 * An application to start. It prints {@code ready} and, if it is called over HTTP, its port;
 * otherwise it prints {@code answer} by itself.
 */
record App(String name, Path jar, List<String> arguments) {
  static List<App> all(Path module, String baseUrl) {
    return List.of(
        new App("none of the libraries", jar(module, "none"), List.of()),
        new App("LangChain4j", jar(module, "chat"), List.of(baseUrl)),
        new App(
            "Spring Boot, Spring AI",
            jar(module, "spring-ai"),
            List.of("--spring.ai.openai.base-url=" + baseUrl)));
  }

  private static Path jar(Path module, String name) {
    return module.resolve("apps/" + name + "/target/startup-" + name + ".jar");
  }
}
