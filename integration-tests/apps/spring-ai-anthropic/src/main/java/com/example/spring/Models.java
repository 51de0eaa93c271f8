package com.example.spring;

import java.time.Duration;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;

/**
 * The models of one endpoint.
 *
 * @param baseUrl of an OpenAI-compatible API, which has Anthropic's beside it
 */
record Models(String baseUrl) {
  ChatModel chat(String name, int retries, Duration timeout) {
    return AnthropicChatModel.builder()
        .options(
            AnthropicChatOptions.builder()
                .baseUrl(baseUrl.replace("/v1", ""))
                .apiKey("none")
                .model(name)
                .maxRetries(retries)
                .timeout(timeout)
                .build())
        .build();
  }

  /** Returns {@code null}: Anthropic has no embeddings. */
  EmbeddingModel embedding(String name, int retries) {
    return null;
  }
}
