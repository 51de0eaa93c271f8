package com.example.warehouse;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import java.time.Duration;

/**
 * The models of one endpoint.
 *
 * @param baseUrl of an OpenAI-compatible API
 */
record Models(String baseUrl) {
  private static final String KEY = "none";

  ChatModel chat(String name) {
    return chat(name, Duration.ofSeconds(30), 2);
  }

  ChatModel chat(String name, Duration timeout, int retries) {
    return OpenAiChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey(KEY)
        .modelName(name)
        .timeout(timeout)
        .maxRetries(retries)
        .build();
  }

  StreamingChatModel streaming(String name) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey(KEY)
        .modelName(name)
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  EmbeddingModel embedding(String name) {
    return embedding(name, 2);
  }

  EmbeddingModel embedding(String name, int retries) {
    return OpenAiEmbeddingModel.builder()
        .baseUrl(baseUrl)
        .apiKey(KEY)
        .modelName(name)
        .maxRetries(retries)
        .build();
  }

  Assistant assistant(ChatModel model) {
    return AiServices.builder(Assistant.class).chatModel(model).tools(new WarehouseTools()).build();
  }

  Assistant.Live live(StreamingChatModel model) {
    return AiServices.builder(Assistant.Live.class)
        .streamingChatModel(model)
        .tools(new WarehouseTools())
        .build();
  }
}
