package com.example.bedrock;

import com.example.threads.VirtualThreads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/** Answers that are not streamed. */
final class Chats {
  private final Clients clients;

  Chats(Clients clients) {
    this.clients = clients;
  }

  static Message question(String text) {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText(text))
        .build();
  }

  private static ConverseRequest request(String model, String question) {
    return ConverseRequest.builder().modelId(model).messages(question(question)).build();
  }

  private String ask(String model, String question) {
    return text(clients.blocking().converse(request(model, question)));
  }

  private String askLater(String model, String question) {
    return text(clients.async().converse(request(model, question)).join());
  }

  private static String text(ConverseResponse response) {
    return response.output().message().content().get(0).text();
  }

  /** The server counts cached tokens in the input of this model. */
  void inclusive() {
    System.out.println(ask("inclusive", "Who are you?"));
    System.out.println(askLater("inclusive", "Who are you?"));
  }

  void succeed() {
    System.out.println(ask("success", "Who are you?"));
    System.out.println(
        ask("arn:aws:bedrock:us-east-1:1:inference-profile/success", "Who are you, in full?"));
    System.out.println(askLater("success", "Who are you?"));
  }

  void roundTrip() {
    List<Message> messages = new ArrayList<>();
    messages.add(question("How much are bolts? [use price item=bolts]"));
    Message asks =
        clients
            .blocking()
            .converse(ConverseRequest.builder().modelId("tools").messages(messages).build())
            .output()
            .message();
    messages.add(asks);
    String id = asks.content().get(0).toolUse().toolUseId();
    messages.add(
        Message.builder()
            .role(ConversationRole.USER)
            .content(
                ContentBlock.fromToolResult(
                    result ->
                        result.toolUseId(id).content(ToolResultContentBlock.fromText("0.12 EUR"))))
            .build());
    System.out.println(
        text(
            clients
                .blocking()
                .converse(ConverseRequest.builder().modelId("tools").messages(messages).build())));
  }

  void throttledOnce() {
    System.out.println(ask("throttled", "Busy? [throttle once]"));
    System.out.println(askLater("throttled", "Busy now? [throttle once]"));
  }

  void fails(String model, String question) {
    tries(question, () -> ask(model, question));
    tries(question, () -> askLater(model, question));
  }

  void concurrently(int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      String question = "Number " + i;
      answers.add(threads.submit(() -> ask("concurrent", question)));
    }
    for (Future<String> answer : answers) {
      System.out.println(answer.get());
    }
    threads.shutdown();
  }

  void onVirtualThread() throws Exception {
    Runnable call = () -> System.out.println(ask("virtual", "Where?"));
    VirtualThreads.run(call);
  }

  static SdkBytes body(String question) {
    return SdkBytes.fromString(
        "{\"messages\": [{\"role\": \"user\", \"content\": [{\"text\": \"" + question + "\"}]}]}",
        StandardCharsets.UTF_8);
  }

  void invoke() {
    InvokeModelRequest request =
        InvokeModelRequest.builder().modelId("invoked").body(body("Who are you?")).build();
    System.out.println(clients.blocking().invokeModel(request).body().asByteArray().length > 0);
    System.out.println(clients.async().invokeModel(request).join().body().asByteArray().length > 0);
  }

  void embed(String model, String text) {
    InvokeModelRequest request =
        InvokeModelRequest.builder()
            .modelId(model)
            .body(SdkBytes.fromUtf8String("{\"inputText\": \"" + text + "\"}"))
            .build();
    tries(text, () -> clients.blocking().invokeModel(request).body().asUtf8String());
    tries(text, () -> clients.async().invokeModel(request).join().body().asUtf8String());
  }

  private static void tries(String question, Supplier<String> call) {
    try {
      System.out.println(call.get());
    } catch (CompletionException e) {
      System.out.println(question + " " + e.getCause().getClass().getName());
    } catch (RuntimeException e) {
      System.out.println(question + " " + e.getClass().getName());
    }
  }
}
