package io.metricsagent.it.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small application with an AI service of LangChain4j, for tests that need to choose its
 * questions and the moment of its end.
 *
 * <ul>
 *   <li>{@code ask URL question…} asks the questions, prints the answers and then its threads
 *   <li>{@code hold URL} asks a question whose tool ends the JVM and never returns
 *   <li>{@code loop} asks a model of its own that answers at once, until it is killed
 * </ul>
 */
public final class ServiceApp {
  private static final String NAME = "Service";

  private static final String SOURCE =
      """
      import dev.langchain4j.agent.tool.P;
      import dev.langchain4j.agent.tool.Tool;
      import dev.langchain4j.data.message.AiMessage;
      import dev.langchain4j.model.chat.ChatModel;
      import dev.langchain4j.model.chat.request.ChatRequest;
      import dev.langchain4j.model.chat.response.ChatResponse;
      import dev.langchain4j.model.openai.OpenAiChatModel;
      import dev.langchain4j.model.output.TokenUsage;
      import dev.langchain4j.service.AiServices;
      import java.util.Arrays;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.locks.LockSupport;

      public class Service {
        public interface Desk {
          String answer(String question);
        }

        public static class Tools {
          @Tool("Sends a mail")
          public String send(@P(value = "to", required = false) String to) {
            return "sent";
          }

          @Tool("Ends the process")
          public String hold() throws InterruptedException {
            new Thread(() -> System.exit(0)).start();
            new CountDownLatch(1).await();
            return "never";
          }
        }

        static class Echo implements ChatModel {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder()
                .aiMessage(AiMessage.from("pong"))
                .tokenUsage(new TokenUsage(3, 1))
                .modelName("echo")
                .build();
          }
        }

        public static void main(String[] args) throws Exception {
          switch (args[0]) {
            case "ask" -> {
              Desk desk = desk(model(args[1]));
              for (String question : Arrays.asList(args).subList(2, args.length)) {
                System.out.println(desk.answer(question));
              }
              Thread.getAllStackTraces().keySet()
                  .forEach(thread -> System.out.println("thread " + thread.getName()));
            }
            case "hold" -> desk(model(args[1])).answer("Hold on. [use hold]");
            case "loop" -> loop(desk(new Echo()));
            default -> throw new IllegalArgumentException(args[0]);
          }
        }

        static void loop(Desk desk) {
          while (true) {
            desk.answer("ping");
            LockSupport.parkNanos(200_000);
          }
        }

        static Desk desk(ChatModel model) {
          return AiServices.builder(Desk.class).chatModel(model).tools(new Tools()).build();
        }

        static ChatModel model(String url) {
          return OpenAiChatModel.builder()
              .baseUrl(url)
              .apiKey("none")
              .modelName("gpt-4o-mini")
              .build();
        }
      }
      """;

  private final String classPath;

  private ServiceApp(String classPath) {
    this.classPath = classPath;
  }

  /** Compiles the application into a folder. */
  public static ServiceApp in(Path folder) throws IOException {
    String libraries = libraries();
    SourceFiles.compile(folder, libraries, NAME, SOURCE);
    return new ServiceApp(folder + File.pathSeparator + libraries);
  }

  private static String libraries() throws IOException {
    try (Stream<Path> jars = Files.list(Artifacts.app("langchain4j-chat").resolveSibling("lib"))) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Returns the application with the agent and with settings, each a name and a value. */
  public AgentRun with(Jdk jdk, String... settings) {
    AgentRun run = AgentRun.on(jdk).withAgent();
    for (int i = 0; i < settings.length; i += 2) {
      run.setting(settings[i], settings[i + 1]);
    }
    return run.mainClass(classPath, NAME);
  }

  /** Returns the application with the agent, which keeps runs, all sessions and session metrics. */
  public AgentRun recorded(Jdk jdk, String... settings) {
    return Recordings.on(with(jdk, settings));
  }
}
