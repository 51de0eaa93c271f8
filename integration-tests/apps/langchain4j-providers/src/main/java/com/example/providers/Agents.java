package com.example.providers;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;

/** Models that call models. */
final class Agents {
  private final String url;

  Agents(String url) {
    this.url = url;
  }

  private ChatModel model(String name) {
    return Provider.OFFICIAL.chat(url, name, 0);
  }

  void all() {
    toolThatAsksAModel();
    router();
    concurrentTools();
    unknownTool();
  }

  /** The planner's tool asks the expert. */
  private void toolThatAsksAModel() {
    ProvidersApp.Assistant planner =
        AiServices.builder(ProvidersApp.Assistant.class)
            .chatModel(model("planner"))
            .tools(
                new Object() {
                  @Tool("Asks the expert")
                  String expert(String why) {
                    return model("expert").chat("Why " + why);
                  }
                })
            .build();
    System.out.println(planner.answer("Plan! [use expert why=bolts]"));
  }

  /** A model of the application's own, that asks another one when the first fails. */
  private void router() {
    ChatModel first = model("router-first");
    ChatModel second = model("router-second");
    ChatModel router =
        new ChatModel() {
          @Override
          public ChatResponse chat(ChatRequest request) {
            try {
              return first.chat(request);
            } catch (RuntimeException e) {
              return second.chat("Are you better?").isEmpty()
                  ? null
                  : second.chat(request("Well?"));
            }
          }
        };
    System.out.println(router.chat("Are you well? [fail]"));
  }

  private static ChatRequest request(String question) {
    return ChatRequest.builder()
        .messages(dev.langchain4j.data.message.UserMessage.from(question))
        .build();
  }

  private void concurrentTools() {
    ProvidersApp.Assistant assistant =
        AiServices.builder(ProvidersApp.Assistant.class)
            .chatModel(model("concurrent-tools"))
            .tools(new Tools())
            .executeToolsConcurrently()
            .build();
    System.out.println(
        assistant.answer("Both? [use price item=nuts] [use stock item=nuts]").contains("nuts"));
  }

  private void unknownTool() {
    ProvidersApp.Assistant assistant =
        AiServices.builder(ProvidersApp.Assistant.class)
            .chatModel(model("dreamer"))
            .tools(new Tools())
            .hallucinatedToolNameStrategy(
                request -> ToolExecutionResultMessage.from(request, "no such tool"))
            .build();
    System.out.println(assistant.answer("Dream! [use unicorn item=horn]"));
  }
}
