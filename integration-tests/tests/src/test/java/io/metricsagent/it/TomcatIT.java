package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.loaders.TomcatApp;
import com.example.web.AskServlet;
import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.Dump.Adapter;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.Ledger.Account;
import io.metricsagent.stub.StubServer;
import jakarta.annotation.Resource;
import jakarta.servlet.Servlet;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application in a WAR that is deployed twice: Tomcat gives each deployment a loader that
 * prefers its own classes, so the library is in the JVM twice.
 */
@ExtendWith(ShowRuns.class)
class TomcatIT {
  private static final String MODEL = "gpt-4o-mini";
  private static final String MAIN = "com.example.warehouse.WarehouseApp";

  @TempDir private static Path folder;
  private static Path war;
  private static String classPath;

  @BeforeAll
  static void pack() throws IOException, URISyntaxException {
    war = folder.resolve("warehouse.war");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
      String servlet = AskServlet.class.getName().replace('.', '/') + ".class";
      add(out, "WEB-INF/classes/" + servlet, root(AskServlet.class).resolve(servlet));
      Path app = Artifacts.app("langchain4j-chat");
      List<Path> jars = new ArrayList<>(List.of(app));
      try (Stream<Path> libraries = Files.list(app.resolveSibling("lib"))) {
        jars.addAll(libraries.sorted().toList());
      }
      for (Path jar : jars) {
        add(out, "WEB-INF/lib/" + jar.getFileName(), jar);
      }
    }
    // Tomcat's own loader must not find the servlet, which it would not ask the WAR for.
    Path server = folder.resolve("server");
    String main = TomcatApp.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(server.resolve(main).getParent());
    Files.copy(root(TomcatApp.class).resolve(main), server.resolve(main));
    classPath =
        Stream.of(server, root(Tomcat.class), root(Servlet.class), root(Resource.class))
            .distinct()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
  }

  private static void add(ZipOutputStream out, String name, Path file) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    Files.copy(file, out);
    out.closeEntry();
  }

  private static Path root(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void countsTheRequestsOfBothDeployments(Jdk jdk) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      FinishedRun run =
          AgentRun.on(jdk)
              .withAgent()
              .mainClass(classPath, TomcatApp.class.getName())
              .run(war.toString(), MAIN, stub.baseUrl(), "chat", "tools");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.stdout().lines()).contains("/one served", "/two served");
      assertThat(run.agentLog()).noneMatch(line -> line.contains("not measured"));
      Account account = stub.ledger().account(MODEL, "chat");
      Adapter chat = run.dump().adapter(MODEL, "chat");
      assertThat(account.answered()).isPositive().isEven();
      assertThat(chat.count("request_count")).isEqualTo(account.answered());
      assertThat(chat.count("input_tokens")).isEqualTo(account.inputTokens());
      assertThat(chat.count("output_tokens")).isEqualTo(account.outputTokens());
      assertThat(run.dump().tools())
          .isNotEmpty()
          .allMatch(tool -> tool.count("call_count") % 2 == 0);
    }
  }
}
