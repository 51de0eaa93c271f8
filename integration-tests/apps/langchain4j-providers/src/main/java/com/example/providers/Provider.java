package com.example.providers;

import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.vertexai.Transport;
import com.google.cloud.vertexai.VertexAI;
import com.google.cloud.vertexai.api.GenerationConfig;
import com.google.cloud.vertexai.api.PredictionServiceClient;
import com.google.cloud.vertexai.api.PredictionServiceSettings;
import com.google.cloud.vertexai.generativeai.GenerativeModel;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.azure.AzureOpenAiStreamingChatModel;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialStreamingChatModel;
import dev.langchain4j.model.vertexai.gemini.VertexAiGeminiChatModel;
import dev.langchain4j.model.vertexai.gemini.VertexAiGeminiStreamingChatModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Whose models are called, all at one server; the name is the beginning of its models' names. */
enum Provider {
  /** Over OpenAI's own client. */
  OFFICIAL {
    @Override
    ChatModel chat(String url, String model, int retries) {
      return OpenAiOfficialChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return OpenAiOfficialStreamingChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .build();
    }
  },
  /** Over LangChain4j's HTTP client. */
  ANTHROPIC {
    @Override
    ChatModel chat(String url, String model, int retries) {
      return AnthropicChatModel.builder()
          .baseUrl(url + "/v1/")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return AnthropicStreamingChatModel.builder()
          .baseUrl(url + "/v1/")
          .apiKey("none")
          .modelName(model)
          .build();
    }
  },
  /** Over LangChain4j's HTTP client. */
  OLLAMA {
    @Override
    ChatModel chat(String url, String model, int retries) {
      return OllamaChatModel.builder().baseUrl(url).modelName(model).maxRetries(retries).build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return OllamaStreamingChatModel.builder().baseUrl(url).modelName(model).build();
    }
  },
  /** Over the client of the AWS SDK. */
  BEDROCK {
    @Override
    ChatModel chat(String url, String model, int retries) {
      return BedrockChatModel.builder()
          .modelId(model)
          .client(configured(BedrockRuntimeClient.builder(), url).build())
          .maxRetries(retries)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return BedrockStreamingChatModel.builder()
          .modelId(model)
          .client(
              configured(BedrockRuntimeAsyncClient.builder(), url)
                  .httpClient(NettyNioAsyncHttpClient.create())
                  .build())
          .build();
    }

    private <B extends AwsClientBuilder<B, ?>> B configured(B builder, String url) {
      return builder
          .endpointOverride(URI.create(url))
          .region(Region.US_EAST_1)
          .overrideConfiguration(
              ClientOverrideConfiguration.builder()
                  .retryStrategy(AwsRetryStrategy.doNotRetry())
                  .build())
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
    }
  },
  /** Over Azure's own client, which retries by itself. */
  AZURE {
    @Override
    ChatModel chat(String url, String model, int retries) {
      return AzureOpenAiChatModel.builder()
          .openAIClient(client(url, retries).buildClient())
          .deploymentName(model)
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return AzureOpenAiStreamingChatModel.builder()
          .openAIAsyncClient(client(url, 0).buildAsyncClient())
          .deploymentName(model)
          .build();
    }

    /** Azure's clients send keys over TLS alone, so this one has none. */
    private OpenAIClientBuilder client(String url, int retries) {
      RetryOptions wait = new RetryOptions(new FixedDelayOptions(retries, Duration.ofMillis(400)));
      return new OpenAIClientBuilder()
          .endpoint(url)
          .pipeline(new HttpPipelineBuilder().policies(new RetryPolicy(wait)).build());
    }
  },
  /** Over the client of Google Cloud, with REST. */
  VERTEX {
    @Override
    ChatModel chat(String url, String model, int retries) {
      return new VertexAiGeminiChatModel(
          new GenerativeModel(model, client(url)), GenerationConfig.getDefaultInstance(), retries);
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return new VertexAiGeminiStreamingChatModel(
          new GenerativeModel(model, client(url)), GenerationConfig.getDefaultInstance());
    }

    private VertexAI client(String url) {
      return new VertexAI.Builder()
          .setProjectId("warehouse")
          .setLocation("here")
          .setTransport(Transport.REST)
          .setCredentials(GoogleCredentials.create(new AccessToken("none", null)))
          .setPredictionClientSupplier(
              () -> {
                try {
                  return PredictionServiceClient.create(
                      PredictionServiceSettings.newHttpJsonBuilder()
                          .setEndpoint(url)
                          .setCredentialsProvider(NoCredentialsProvider.create())
                          .build());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .build();
    }
  };

  abstract ChatModel chat(String url, String model, int retries);

  abstract StreamingChatModel streaming(String url, String model);

  /** Returns the name of a model. */
  String model(String scenario) {
    return name().toLowerCase(java.util.Locale.ROOT) + "-" + scenario;
  }
}
