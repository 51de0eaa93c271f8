package com.example.adk;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.google.adk.models.BaseLlm;
import com.google.adk.models.Claude;
import com.google.adk.models.Gemini;
import com.google.adk.models.LlmRequest;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import java.time.Duration;
import java.util.List;

/** Models of a server on this machine. */
final class Models {
  private final String baseUrl;

  /** Makes models of the server whose URL for OpenAI's clients is {@code openAiUrl}. */
  Models(String openAiUrl) {
    baseUrl = openAiUrl.substring(0, openAiUrl.lastIndexOf("/v1"));
  }

  Client client(int attempts, int timeoutMillis) {
    return Client.builder()
        .apiKey("none")
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(baseUrl)
                .apiVersion("v1beta")
                .timeout(timeoutMillis)
                .retryOptions(
                    HttpRetryOptions.builder()
                        .attempts(attempts)
                        .initialDelay(0.4)
                        .jitter(0.0)
                        .build())
                .build())
        .build();
  }

  BaseLlm gemini(String name) {
    return new Gemini(name, client(3, 30_000));
  }

  BaseLlm claude(String name) {
    return claude(name, 30_000);
  }

  BaseLlm claude(String name, int timeoutMillis) {
    return new Claude(
        name,
        AnthropicOkHttpClient.builder()
            .baseUrl(baseUrl)
            .apiKey("none")
            .timeout(Duration.ofMillis(timeoutMillis))
            .maxRetries(timeoutMillis < 1000 ? 0 : 2)
            .build());
  }

  static LlmRequest request(String question) {
    return LlmRequest.builder()
        .contents(List.of(Content.builder().role("user").parts(Part.fromText(question)).build()))
        .build();
  }
}
