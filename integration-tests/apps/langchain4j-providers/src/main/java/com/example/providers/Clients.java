package com.example.providers;

import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.vertexai.Transport;
import com.google.cloud.vertexai.VertexAI;
import com.google.cloud.vertexai.api.PredictionServiceClient;
import com.google.cloud.vertexai.api.PredictionServiceSettings;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;

/** Clients of a server on this machine, which are passed to the models. */
final class Clients {
  private Clients() {}

  static <B extends AwsClientBuilder<B, ?>> B aws(B builder, String url, Duration timeout) {
    return builder
        .endpointOverride(URI.create(url))
        .region(Region.US_EAST_1)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(timeout)
                .build())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
  }

  /** Azure's clients send keys only over TLS, so this one has no key. */
  static OpenAIClientBuilder azure(String url, int retries, Duration timeout) {
    RetryOptions wait = new RetryOptions(new FixedDelayOptions(retries, Duration.ofMillis(400)));
    return new OpenAIClientBuilder()
        .endpoint(url)
        .pipeline(
            new HttpPipelineBuilder()
                .httpClient(new NettyAsyncHttpClientBuilder().responseTimeout(timeout).build())
                .policies(new RetryPolicy(wait))
                .build());
  }

  static VertexAI vertex(String url, Duration timeout) {
    return new VertexAI.Builder()
        .setProjectId("warehouse")
        .setLocation("here")
        .setTransport(Transport.REST)
        .setCredentials(GoogleCredentials.create(new AccessToken("none", null)))
        .setPredictionClientSupplier(
            () -> {
              try {
                PredictionServiceSettings.Builder settings =
                    PredictionServiceSettings.newHttpJsonBuilder()
                        .setEndpoint(url)
                        .setCredentialsProvider(NoCredentialsProvider.create());
                settings.generateContentSettings().setSimpleTimeoutNoRetriesDuration(timeout);
                return PredictionServiceClient.create(settings.build());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .build();
  }

  static Client gemini(String url, int attempts, Duration timeout) {
    return Client.builder()
        .apiKey("none")
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(url)
                .apiVersion("v1beta")
                .timeout((int) timeout.toMillis())
                .retryOptions(
                    HttpRetryOptions.builder()
                        .attempts(attempts)
                        .initialDelay(0.4)
                        .jitter(0.0)
                        .build())
                .build())
        .build();
  }
}
