package com.example.genai;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;

/** Clients of a server on this machine. */
final class Clients {
  private final String baseUrl;

  /** Makes clients of the server whose URL for OpenAI's clients is {@code openAiUrl}. */
  Clients(String openAiUrl) {
    baseUrl = openAiUrl.substring(0, openAiUrl.lastIndexOf("/v1"));
  }

  Client client(int attempts, int timeoutMillis) {
    HttpOptions.Builder options =
        HttpOptions.builder().baseUrl(baseUrl).apiVersion("v1beta").timeout(timeoutMillis);
    retry(options, attempts);
    return Client.builder().apiKey("none").httpOptions(options.build()).build();
  }

  /** The first versions do not retry. */
  private static void retry(HttpOptions.Builder options, int attempts) {
    try {
      Class<?> retries = Class.forName("com.google.genai.types.HttpRetryOptions");
      Object builder = retries.getMethod("builder").invoke(null);
      Class<?> type = Class.forName("com.google.genai.types.HttpRetryOptions$Builder");
      type.getMethod("attempts", Integer.class).invoke(builder, attempts);
      type.getMethod("initialDelay", Double.class).invoke(builder, 0.4);
      type.getMethod("jitter", Double.class).invoke(builder, 0.0);
      HttpOptions.Builder.class
          .getMethod("retryOptions", retries)
          .invoke(options, type.getMethod("build").invoke(builder));
    } catch (ClassNotFoundException e) {
      // a version without retries
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
