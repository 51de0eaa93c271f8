package com.example.providers;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialChatModel;
import dev.langchain4j.model.openaiofficial.OpenAiOfficialStreamingChatModel;

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
  };

  abstract ChatModel chat(String url, String model, int retries);

  abstract StreamingChatModel streaming(String url, String model);

  /** Returns the name of a model. */
  String model(String scenario) {
    return name().toLowerCase(java.util.Locale.ROOT) + "-" + scenario;
  }
}
