package com.example.agents;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.concurrent.atomic.AtomicInteger;

/** The models of the application. */
record Models(String baseUrl) {
  ChatModel chat(String name) {
    return OpenAiChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey("demo")
        .modelName(name)
        .maxRetries(0)
        .build();
  }

  StreamingChatModel streaming(String name) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey("demo")
        .modelName(name)
        .build();
  }

  /** A model that plans to ask the clerk once, whatever the server answers. */
  ChatModel planner(String name) {
    ChatModel server = chat(name);
    AtomicInteger steps = new AtomicInteger();
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        ChatResponse answer =
            server.chat(ChatRequest.builder().messages(request.messages()).build());
        String plan =
            steps.incrementAndGet() == 1
                ? "{\"agentName\":\"answer\",\"arguments\":{\"question\":\"Where?\"}}"
                : "{\"agentName\":\"done\",\"arguments\":{\"response\":\"There\"}}";
        return answer.toBuilder().aiMessage(AiMessage.from(plan)).build();
      }
    };
  }
}
