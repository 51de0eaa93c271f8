package io.metricsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.it.harness.AgentRun;
import io.metricsagent.it.harness.Artifacts;
import io.metricsagent.it.harness.FinishedRun;
import io.metricsagent.it.harness.Jdk;
import io.metricsagent.it.harness.ShowRuns;
import io.metricsagent.stub.StubServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A future version of a library, in which a class lacks the methods that rules name. */
@ExtendWith(ShowRuns.class)
class ShapeIT {
  /** Replaces the real class; embeddings, the rest of this application, do not use it. */
  private static final String CHAT_MODEL =
      """
      package dev.langchain4j.model.chat;
      public interface ChatModel {
        default String reply(String prompt) {
          return "reply to " + prompt;
        }
      }
      """;

  private static final String MAIN =
      """
      public class Shape {
        public static void main(String[] args) throws Exception {
          System.out.println(new dev.langchain4j.model.chat.ChatModel() {}.reply("hello"));
          com.example.warehouse.WarehouseApp.main(new String[] {args[0], "embeddings"});
        }
      }
      """;

  @TempDir private Path classes;

  @BeforeEach
  void compileTheLibraryOfTheFuture() throws IOException {
    Path model = Files.writeString(classes.resolve("ChatModel.java"), CHAT_MODEL);
    Path main = Files.writeString(classes.resolve("Shape.java"), MAIN);
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                List.of(
                        "--release",
                        "17",
                        "-d",
                        classes.toString(),
                        "-cp",
                        Artifacts.app("langchain4j-chat").toString(),
                        model.toString(),
                        main.toString())
                    .toArray(String[]::new));
    assertThat(errors).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.metricsagent.it.harness.Jdk#all")
  void disablesOneRuleWithOneLineAndKeepsTheOthers(Jdk jdk) throws IOException {
    try (StubServer stub = StubServer.start(0)) {
      // The jar's manifest has the class path of its libraries.
      String classPath = classes + File.pathSeparator + Artifacts.app("langchain4j-chat");
      FinishedRun without = AgentRun.on(jdk).mainClass(classPath, "Shape").run(stub.baseUrl());
      FinishedRun with =
          AgentRun.on(jdk).withAgent().mainClass(classPath, "Shape").run(stub.baseUrl());

      assertThat(without.exitCode()).isZero();
      assertThat(with.exitCode()).isZero();
      assertThat(with.stdout()).isEqualTo(without.stdout());
      assertThat(with.stderr()).isEqualTo(without.stderr());
      assertThat(with.agentLog())
          .filteredOn(line -> line.contains("langchain4j/"))
          .singleElement()
          .asString()
          .contains("dev.langchain4j.model.chat.ChatModel");
      assertThat(with.dump().instrumentation("langchain4j").skipped()).isEqualTo(1);
      assertThat(with.dump().adapter("text-embedding-3-small", "embeddings").count("request_count"))
          .isEqualTo(2);
    }
  }
}
