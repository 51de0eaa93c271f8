package com.example.providers;

import com.google.cloud.vertexai.api.GenerationConfig;
import com.google.cloud.vertexai.generativeai.GenerativeModel;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.azure.AzureOpenAiEmbeddingModel;
import dev.langchain4j.model.azure.AzureOpenAiStreamingChatModel;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.bedrock.BedrockTitanEmbeddingModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialEmbeddingModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialStreamingChatModel;
import dev.langchain4j.model.vertexai.gemini.VertexAiGeminiChatModel;
import dev.langchain4j.model.vertexai.gemini.VertexAiGeminiStreamingChatModel;
import java.time.Duration;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * The providers whose models are called, all at one server. A constant's name is the prefix of its
 * models' names.
 */
enum Provider {
  /** Over OpenAI's own client. */
  OFFICIAL {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return OpenAiOfficialChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .timeout(timeout)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return OpenAiOfficialStreamingChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .maxRetries(0)
          .build();
    }

    @Override
    EmbeddingModel embedding(String url, String model, int retries) {
      return OpenAiOfficialEmbeddingModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .build();
    }
  },
  /** Over LangChain4j's HTTP client. */
  OPENAI {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return OpenAiChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .timeout(timeout)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return OpenAiStreamingChatModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .build();
    }

    @Override
    EmbeddingModel embedding(String url, String model, int retries) {
      return OpenAiEmbeddingModel.builder()
          .baseUrl(url + "/v1")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .build();
    }
  },
  /** Over LangChain4j's HTTP client. */
  ANTHROPIC {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return AnthropicChatModel.builder()
          .baseUrl(url + "/v1/")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .timeout(timeout)
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
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return OllamaChatModel.builder()
          .baseUrl(url)
          .modelName(model)
          .maxRetries(retries)
          .timeout(timeout)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return OllamaStreamingChatModel.builder().baseUrl(url).modelName(model).build();
    }

    @Override
    EmbeddingModel embedding(String url, String model, int retries) {
      return OllamaEmbeddingModel.builder()
          .baseUrl(url)
          .modelName(model)
          .maxRetries(retries)
          .build();
    }
  },
  /** Over LangChain4j's HTTP client. */
  GEMINI {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return GoogleAiGeminiChatModel.builder()
          .baseUrl(url + "/v1beta")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .timeout(timeout)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return GoogleAiGeminiStreamingChatModel.builder()
          .baseUrl(url + "/v1beta")
          .apiKey("none")
          .modelName(model)
          .build();
    }

    @Override
    EmbeddingModel embedding(String url, String model, int retries) {
      return GoogleAiEmbeddingModel.builder()
          .baseUrl(url + "/v1beta")
          .apiKey("none")
          .modelName(model)
          .maxRetries(retries)
          .build();
    }
  },
  /** Over Google's own client of Gemini. */
  GENAI {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return new GenAiModel.Whole(Clients.gemini(url, retries + 1, timeout), model);
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return new GenAiModel.Streaming(Clients.gemini(url, 1, PATIENCE), model);
    }
  },
  /** Over the client of the AWS SDK. */
  BEDROCK {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return BedrockChatModel.builder()
          .modelId(model)
          .client(Clients.aws(BedrockRuntimeClient.builder(), url, timeout).build())
          .maxRetries(retries)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return BedrockStreamingChatModel.builder()
          .modelId(model)
          .client(
              Clients.aws(BedrockRuntimeAsyncClient.builder(), url, PATIENCE)
                  .httpClient(NettyNioAsyncHttpClient.create())
                  .build())
          .build();
    }

    @Override
    EmbeddingModel embedding(String url, String model, int retries) {
      return BedrockTitanEmbeddingModel.builder()
          .model(model)
          .client(Clients.aws(BedrockRuntimeClient.builder(), url, PATIENCE).build())
          .maxRetries(retries)
          .build();
    }
  },
  /** Over Azure's own client, which retries by itself. */
  AZURE {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return AzureOpenAiChatModel.builder()
          .openAIClient(Clients.azure(url, retries, timeout).buildClient())
          .deploymentName(model)
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return AzureOpenAiStreamingChatModel.builder()
          .openAIAsyncClient(Clients.azure(url, 0, PATIENCE).buildAsyncClient())
          .deploymentName(model)
          .build();
    }

    @Override
    EmbeddingModel embedding(String url, String model, int retries) {
      return AzureOpenAiEmbeddingModel.builder()
          .openAIClient(Clients.azure(url, retries, PATIENCE).buildClient())
          .deploymentName(model)
          .maxRetries(0)
          .build();
    }
  },
  /** Over the client of Google Cloud, with REST. */
  VERTEX {
    @Override
    ChatModel chat(String url, String model, int retries, Duration timeout) {
      return new VertexAiGeminiChatModel(
          new GenerativeModel(model, Clients.vertex(url, timeout)),
          GenerationConfig.getDefaultInstance(),
          retries);
    }

    @Override
    StreamingChatModel streaming(String url, String model) {
      return new VertexAiGeminiStreamingChatModel(
          new GenerativeModel(model, Clients.vertex(url, PATIENCE)),
          GenerationConfig.getDefaultInstance());
    }
  };

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  abstract ChatModel chat(String url, String model, int retries, Duration timeout);

  ChatModel chat(String url, String model, int retries) {
    return chat(url, model, retries, PATIENCE);
  }

  abstract StreamingChatModel streaming(String url, String model);

  /** Returns an embedding model, or {@code null} if the provider has none. */
  EmbeddingModel embedding(String url, String model, int retries) {
    return null;
  }

  /** Returns the name of a model. */
  String model(String scenario) {
    return name().toLowerCase(java.util.Locale.ROOT) + "-" + scenario;
  }
}
