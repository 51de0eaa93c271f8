package com.example.spring;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.web.client.ResponseErrorHandler;
import org.springframework.web.client.RestClient;

/**
 * The models of one endpoint, over Spring AI 1's own client of Anthropic's API.
 *
 * @param baseUrl of an OpenAI-compatible API, which has Anthropic's beside it
 */
record Models(String baseUrl) {
  /** Handles errors like Spring Boot's starter that is configured to retry on 429. */
  private static final class Errors implements ResponseErrorHandler {
    @Override
    public boolean hasError(ClientHttpResponse response) throws IOException {
      return response.getStatusCode().isError();
    }

    @Override
    public void handleError(URI url, HttpMethod method, ClientHttpResponse response)
        throws IOException {
      throw new TransientAiException(response.getStatusCode().value() + " - refused");
    }
  }

  ChatModel chat(String name, int retries, Duration timeout) {
    return AnthropicChatModel.builder()
        .anthropicApi(api(timeout))
        .defaultOptions(AnthropicChatOptions.builder().model(name).maxTokens(100).build())
        .retryTemplate(
            RetryTemplate.builder()
                .maxAttempts(retries + 1)
                .fixedBackoff(400)
                .retryOn(TransientAiException.class)
                .build())
        .build();
  }

  /** Returns {@code null}: Anthropic has no embeddings. */
  EmbeddingModel embedding(String name, int retries) {
    return null;
  }

  private AnthropicApi api(Duration timeout) {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setReadTimeout(timeout);
    return AnthropicApi.builder()
        .baseUrl(baseUrl.replace("/v1", ""))
        .apiKey("none")
        .restClientBuilder(RestClient.builder().requestFactory(requests))
        .responseErrorHandler(new Errors())
        .build();
  }
}
