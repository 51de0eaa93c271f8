package com.example.bedrock;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** A blocking and an asynchronous client of a server on this machine. */
record Clients(BedrockRuntimeClient blocking, BedrockRuntimeAsyncClient async) {
  /** Makes clients of the server whose URL for OpenAI's clients is {@code openAiUrl}. */
  static Clients of(String openAiUrl, int attempts, Duration timeout) {
    URI address = URI.create(openAiUrl.substring(0, openAiUrl.lastIndexOf("/v1")));
    return new Clients(
        configured(BedrockRuntimeClient.builder(), address, attempts, timeout)
            .httpClient(UrlConnectionHttpClient.create())
            .build(),
        configured(BedrockRuntimeAsyncClient.builder(), address, attempts, timeout)
            .httpClient(NettyNioAsyncHttpClient.create())
            .build());
  }

  private static <B extends AwsClientBuilder<B, ?>> B configured(
      B builder, URI address, int attempts, Duration timeout) {
    BackoffStrategy wait = BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(400));
    StandardRetryStrategy.Builder retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(attempts)
            .backoffStrategy(wait);
    waitWhenThrottled(retries, wait);
    return builder
        .endpointOverride(address)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(retries.build())
                .apiCallTimeout(timeout)
                .build());
  }

  /** Sets the wait after a throttle; the first versions have one wait for all errors. */
  private static void waitWhenThrottled(
      StandardRetryStrategy.Builder retries, BackoffStrategy wait) {
    try {
      StandardRetryStrategy.Builder.class
          .getMethod("throttlingBackoffStrategy", BackoffStrategy.class)
          .invoke(retries, wait);
    } catch (NoSuchMethodException e) {
      // a version without this setting
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
