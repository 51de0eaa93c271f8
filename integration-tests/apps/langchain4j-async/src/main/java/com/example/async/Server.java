package com.example.async;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.http.client.log.LoggingHttpClient;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.embedding.response.EmbeddingResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of OpenAI's API, and the requests to it. */
final class Server {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  final HttpClient http;

  Server(String url) {
    this.url = url;
    http = new LoggingHttpClient(new JdkHttpClientBuilder().build(), true, true);
  }

  HttpRequest chat(String model, ChatRequest request, boolean streamed) {
    String prompt = ((UserMessage) request.messages().get(0)).singleText();
    return post(
        "/chat/completions",
        Map.of(
            "model",
            model,
            "stream",
            streamed,
            "stream_options",
            Map.of("include_usage", streamed),
            "messages",
            List.of(Map.of("role", "user", "content", prompt))));
  }

  HttpRequest embeddings(String model, String text) {
    return post("/embeddings", Map.of("model", model, "input", List.of(text)));
  }

  private HttpRequest post(String path, Map<String, Object> body) {
    try {
      return HttpRequest.builder()
          .method(HttpMethod.POST)
          .url(url + path)
          .addHeader("Content-Type", "application/json")
          .body(JSON.writeValueAsString(body))
          .build();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ChatResponse answer(SuccessfulHttpResponse response) {
    JsonNode json = read(response.body());
    return answer(
        json.at("/choices/0/message/content").asText(), json.path("model").asText(), json);
  }

  static ChatResponse answer(String text, String model, JsonNode json) {
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(text))
        .modelName(model)
        .tokenUsage(
            new TokenUsage(
                json.at("/usage/prompt_tokens").asInt(),
                json.at("/usage/completion_tokens").asInt()))
        .build();
  }

  static EmbeddingResponse embedding(SuccessfulHttpResponse response) {
    JsonNode json = read(response.body());
    List<Float> vector = new ArrayList<>();
    json.at("/data/0/embedding").forEach(number -> vector.add(number.floatValue()));
    return EmbeddingResponse.builder()
        .embeddings(List.of(Embedding.from(vector)))
        .metadata(
            EmbeddingResponseMetadata.builder()
                .modelName(json.path("model").asText())
                .tokenUsage(new TokenUsage(json.at("/usage/prompt_tokens").asInt()))
                .build())
        .build();
  }

  /** Returns a piece of a stream, or {@code null} at its end. */
  static JsonNode piece(ServerSentEvent event) {
    return event.data().equals("[DONE]") ? null : read(event.data());
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
