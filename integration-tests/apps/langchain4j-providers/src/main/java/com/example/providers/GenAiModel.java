package com.example.providers;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models of the application's own over Google's client. */
abstract class GenAiModel {
  private final Client client;
  private final String name;

  private GenAiModel(Client client, String name) {
    this.client = client;
    this.name = name;
  }

  final Client client() {
    return client;
  }

  final String name() {
    return name;
  }

  /** Implements a method of both interfaces. */
  public ChatRequestParameters defaultRequestParameters() {
    return ChatRequestParameters.builder().modelName(name).build();
  }

  /** Implements a method of both interfaces, too. */
  public ModelProvider provider() {
    return ModelProvider.GOOGLE_AI_GEMINI;
  }

  /** A model with whole answers. */
  static final class Whole extends GenAiModel implements ChatModel {
    Whole(Client client, String name) {
      super(client, name);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
      return response(client().models.generateContent(name(), contents(request), null));
    }
  }

  /** A model with streamed answers, on the thread of the caller. */
  static final class Streaming extends GenAiModel implements StreamingChatModel {
    Streaming(Client client, String name) {
      super(client, name);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      try (ResponseStream<GenerateContentResponse> pieces =
          client().models.generateContentStream(name(), contents(request), null)) {
        StringBuilder text = new StringBuilder();
        ChatResponse last = null;
        for (GenerateContentResponse piece : pieces) {
          last = response(piece);
          String part = last.aiMessage().text();
          if (part != null && !part.isEmpty()) {
            text.append(part);
            handler.onPartialResponse(part);
          }
        }
        handler.onCompleteResponse(
            ChatResponse.builder()
                .aiMessage(AiMessage.from(text.toString()))
                .tokenUsage(last == null ? null : last.tokenUsage())
                .build());
      } catch (RuntimeException e) {
        handler.onError(e);
      }
    }
  }

  private static List<Content> contents(ChatRequest request) {
    List<Content> contents = new ArrayList<>();
    for (ChatMessage message : request.messages()) {
      if (message instanceof UserMessage user) {
        contents.add(content("user", List.of(Part.fromText(user.singleText()))));
      } else if (message instanceof AiMessage answer) {
        contents.add(
            content(
                "model",
                answer.toolExecutionRequests().stream()
                    .map(call -> Part.fromFunctionCall(call.name(), Map.of()))
                    .toList()));
      } else if (message instanceof ToolExecutionResultMessage result) {
        FunctionResponse said =
            FunctionResponse.builder()
                .name(result.toolName())
                .response(Map.of("result", result.text()))
                .build();
        contents.add(content("user", List.of(Part.builder().functionResponse(said).build())));
      }
    }
    return contents;
  }

  private static Content content(String role, List<Part> parts) {
    return Content.builder().role(role).parts(parts).build();
  }

  private static ChatResponse response(GenerateContentResponse answer) {
    List<ToolExecutionRequest> calls = new ArrayList<>();
    List<FunctionCall> asked = answer.functionCalls();
    for (FunctionCall call : asked == null ? List.<FunctionCall>of() : asked) {
      calls.add(
          ToolExecutionRequest.builder()
              .id(call.name().orElseThrow())
              .name(call.name().orElseThrow())
              .arguments("{\"item\": \"" + call.args().orElseThrow().get("item") + "\"}")
              .build());
    }
    GenerateContentResponseUsageMetadata usage = answer.usageMetadata().orElse(null);
    return ChatResponse.builder()
        .aiMessage(calls.isEmpty() ? AiMessage.from(answer.text()) : AiMessage.from(calls))
        .tokenUsage(
            usage == null
                ? null
                : new GenAiTokens(
                    usage.promptTokenCount().orElse(0),
                    usage.candidatesTokenCount().orElse(0) + usage.thoughtsTokenCount().orElse(0),
                    usage.cachedContentTokenCount().orElse(0)))
        .build();
  }
}
