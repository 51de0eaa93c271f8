package com.example.spring;

import java.time.Duration;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

/**
 * The models of one endpoint.
 *
 * @param baseUrl of an OpenAI-compatible API
 */
record Models(String baseUrl) {
  ChatModel chat(String name, int retries, Duration timeout) {
    return OpenAiChatModel.builder()
        .options(
            OpenAiChatOptions.builder()
                .baseUrl(baseUrl)
                .apiKey("none")
                .model(name)
                .maxRetries(retries)
                .timeout(timeout)
                .streamUsage(true)
                .build())
        .build();
  }

  EmbeddingModel embedding(String name, int retries) {
    return new OpenAiEmbeddingModel(
        MetadataMode.EMBED,
        OpenAiEmbeddingOptions.builder()
            .baseUrl(baseUrl)
            .apiKey("none")
            .model(name)
            .maxRetries(retries)
            .build());
  }
}
