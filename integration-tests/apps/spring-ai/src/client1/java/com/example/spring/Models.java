package com.example.spring;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.web.client.ResponseErrorHandler;
import org.springframework.web.client.RestClient;

/**
 * The models of one endpoint, over Spring AI 1's own client of OpenAI's API.
 *
 * @param baseUrl of an OpenAI-compatible API
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
    return OpenAiChatModel.builder()
        .openAiApi(api(timeout))
        .defaultOptions(OpenAiChatOptions.builder().model(name).streamUsage(true).build())
        .retryTemplate(attempts(retries + 1))
        .build();
  }

  EmbeddingModel embedding(String name, int retries) {
    return new OpenAiEmbeddingModel(
        api(Duration.ofSeconds(30)),
        MetadataMode.EMBED,
        OpenAiEmbeddingOptions.builder().model(name).build(),
        attempts(retries + 1));
  }

  private static RetryTemplate attempts(int most) {
    return RetryTemplate.builder()
        .maxAttempts(most)
        .fixedBackoff(400)
        .retryOn(TransientAiException.class)
        .build();
  }

  private OpenAiApi api(Duration timeout) {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setReadTimeout(timeout);
    return OpenAiApi.builder()
        .baseUrl(baseUrl.replace("/v1", ""))
        .apiKey("none")
        .restClientBuilder(RestClient.builder().requestFactory(requests))
        .responseErrorHandler(new Errors())
        .build();
  }
}
