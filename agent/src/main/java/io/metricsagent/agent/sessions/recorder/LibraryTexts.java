package io.metricsagent.agent.sessions.recorder;

import io.metricsagent.instrumentations.access.Accessor;
import io.metricsagent.instrumentations.events.StreamedContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the text of a prompt or an answer in the object of a library: of a request the last message
 * of the user, of an answer all its texts. The table names the types and the getters that lead to
 * texts; no other method of a library is called, since a getter of an unknown object may do
 * anything, such as ask a model. Of lists only those in memory are read: what else can be iterated
 * may be a stream that only the application may read. Immutable.
 *
 * <p>The class is long because it is one table of the types of all libraries.
 */
final class LibraryTexts {
  private static final int MAX_DEPTH = 8;
  private static final String OPENAI = "com.openai.models.";
  private static final String CHAT = OPENAI + "chat.completions.ChatCompletion";
  private static final String RESPONSES = OPENAI + "responses.Response";
  private static final String ANTHROPIC = "com.anthropic.models.";
  private static final String BETA = ANTHROPIC + "beta.messages.";
  private static final String GEMINI = "com.google.genai.types.";
  private static final String BEDROCK = "software.amazon.awssdk.services.bedrockruntime.model.";
  private static final String LANGCHAIN4J = "dev.langchain4j.";
  private static final String SPRING = "org.springframework.ai.";
  private static final String SPRING_OPENAI = SPRING + "openai.api.OpenAiApi$ChatCompletion";
  private static final String SPRING_ANTHROPIC = SPRING + "anthropic.api.AnthropicApi$";

  private static final String[] JSON_VALUES = {
    "asString()", "asNumber()", "asBoolean()", "asObject()", "asArray()"
  };

  /** Where the classes of libraries are whose objects say more of themselves than their texts. */
  private static final List<String> LIBRARIES =
      List.of(
          LANGCHAIN4J,
          SPRING,
          "com.openai.",
          "com.anthropic.",
          "com.google.genai.",
          "com.google.adk.",
          "software.amazon.awssdk.",
          "io.modelcontextprotocol.",
          "org.bsc.langgraph4j.");

  /** The texts of the libraries that the agent measures. */
  static final LibraryTexts ALL =
      new LibraryTexts()
          .message(LANGCHAIN4J + "data.message.UserMessage", null, "contents()")
          .message(LANGCHAIN4J + "data.message.SystemMessage", "type()")
          .message(LANGCHAIN4J + "data.message.ToolExecutionResultMessage", "type()")
          .holder(LANGCHAIN4J + "data.message.AiMessage", "text()")
          .holder(LANGCHAIN4J + "data.message.TextContent", "text()")
          .holder(LANGCHAIN4J + "data.segment.TextSegment", "text()")
          .holder(LANGCHAIN4J + "model.chat.request.ChatRequest", "messages()")
          .holder(LANGCHAIN4J + "model.chat.response.ChatResponse", "aiMessage()")
          .holder(LANGCHAIN4J + "model.output.Response", "content()")
          .holder(LANGCHAIN4J + "model.embedding.request.EmbeddingRequest", "inputs().text()")
          .holder(LANGCHAIN4J + "service.Result", "content()")
          .message(SPRING + "chat.messages.UserMessage", null, "getText()")
          .message(SPRING + "chat.messages.SystemMessage", "getMessageType()")
          .message(SPRING + "chat.messages.ToolResponseMessage", "getMessageType()")
          .holder(SPRING + "chat.messages.AssistantMessage", "getText()")
          .holder(SPRING + "chat.prompt.Prompt", "getInstructions()")
          .holder(SPRING + "chat.model.ChatResponse", "getResult().getOutput()")
          .holder(SPRING + "chat.client.ChatClientResponse", "chatResponse()")
          .holder(SPRING + "chat.client.ResponseEntity", "entity()", "response()")
          .holder(SPRING + "embedding.EmbeddingRequest", "getInstructions()")
          .message(SPRING_OPENAI + "Message", "role()", "rawContent()")
          .holder(SPRING_OPENAI + "Message$MediaContent", "text()")
          .holder(SPRING_OPENAI + "Request", "messages()")
          .holder(SPRING_OPENAI + "Chunk", "choices().delta().content()")
          .message(SPRING_ANTHROPIC + "AnthropicMessage", "role()", "content().text()")
          .holder(SPRING_ANTHROPIC + "ChatCompletionRequest", "messages()")
          .holder(SPRING_ANTHROPIC + "ChatCompletionResponse", "content().text()")
          .message(CHAT + "MessageParam", null, "user().content()")
          .holder(
              CHAT + "UserMessageParam$Content", "text()", "arrayOfContentParts().text().text()")
          .holder(CHAT + "CreateParams", "messages()")
          .holder(CHAT, "choices().message().content()")
          .holder(CHAT + "Chunk", "choices().delta().content()")
          .holder(RESPONSES + "StreamEvent", "outputTextDelta().delta()")
          .message(RESPONSES + "InputItem", null, "easyInputMessage()", "message()")
          .message(OPENAI + "responses.EasyInputMessage", "role()", "content()")
          .holder(
              OPENAI + "responses.EasyInputMessage$Content",
              "textInput()",
              "responseInputMessageContentList().inputText().text()")
          .message(RESPONSES + "InputItem$Message", "role()", "content().inputText().text()")
          .holder(RESPONSES + "CreateParams", "input().text()", "input().response()")
          .holder(OPENAI + "responses.Response", "output().message().content().outputText().text()")
          .holder(
              OPENAI + "embeddings.EmbeddingCreateParams",
              "input().string()",
              "input().arrayOfStrings()")
          .message(
              ANTHROPIC + "messages.MessageParam",
              "role()",
              "content().string()",
              "content().blockParams().text().text()",
              "content().contentBlockParams().text().text()")
          .holder(ANTHROPIC + "messages.MessageCreateParams", "messages()")
          .holder(ANTHROPIC + "messages.Message", "content().text().text()")
          .holder(
              ANTHROPIC + "messages.RawMessageStreamEvent",
              "contentBlockDelta().delta().text().text()")
          .message(
              BETA + "BetaMessageParam",
              "role()",
              "content().string()",
              "content().betaContentBlockParams().text().text()")
          .holder(BETA + "MessageCreateParams", "messages()")
          .holder(BETA + "BetaMessage", "content().text().text()")
          .holder(BETA + "BetaRawMessageStreamEvent", "contentBlockDelta().delta().text().text()")
          .message(GEMINI + "Content", "role()", "parts().text()")
          .holder(GEMINI + "GenerateContentResponse", "candidates().content().parts().text()")
          .holder("com.google.adk.models.LlmRequest", "contents()")
          .holder("com.google.adk.models.LlmResponse", "content().parts().text()")
          .message(BEDROCK + "Message", "roleAsString()", "content().text()")
          .holder(BEDROCK + "ConverseRequest", "messages()")
          .holder(BEDROCK + "ConverseResponse", "output().message().content().text()")
          .holder(BEDROCK + "ContentBlockDeltaEvent", "delta().text()")
          .holder("org.bsc.langgraph4j.state.AgentState", "lastMessage()")
          .holder(BEDROCK + "InvokeModelRequest", "body().asUtf8String()")
          .holder(BEDROCK + "InvokeModelResponse", "body().asUtf8String()");

  /** Where requests to run a tool keep the arguments, and the values within these. */
  static final LibraryTexts ARGUMENTS =
      new LibraryTexts()
          .holder(LANGCHAIN4J + "agent.tool.ToolExecutionRequest", "arguments()")
          .holder(BETA + "BetaToolUseBlockParam", "input()._additionalProperties()", "_input()")
          .holder(BETA + "BetaToolUseBlock", "_input()")
          .holder("com.anthropic.core.JsonValue", JSON_VALUES)
          .holder("com.openai.core.JsonValue", JSON_VALUES)
          .holder("io.modelcontextprotocol.spec.McpSchema$CallToolRequest", "arguments()");

  /**
   * How to read a type.
   *
   * @param message whether objects of the type are messages, of which the user's last one counts
   * @param role leads to who speaks; {@code null} if the user does
   * @param ways each leads to texts, or to objects that hold them; the first one that finds any
   *     counts
   */
  private record Type(boolean message, Accessor role, List<List<Accessor>> ways) {
    boolean isOfUser(Object object) {
      return role == null || isUser(role.read(object));
    }

    private static boolean isUser(Object said) {
      return said == null || said.toString().toLowerCase(Locale.ROOT).contains("user");
    }
  }

  private final Map<String, Type> types = new HashMap<>();

  /** Adds a type that holds texts at the first of these paths that has one. */
  LibraryTexts holder(String name, String... paths) {
    types.put(name, new Type(false, null, ways(paths)));
    return this;
  }

  /** Adds a type of messages; one without paths is never the user's. */
  LibraryTexts message(String name, String role, String... paths) {
    types.put(name, new Type(true, role == null ? null : Accessor.path(role), ways(paths)));
    return this;
  }

  private static List<List<Accessor>> ways(String... paths) {
    List<List<Accessor>> ways = new ArrayList<>();
    for (String path : paths) {
      List<Accessor> steps = new ArrayList<>();
      for (String step : path.split("\\.")) {
        steps.add(Accessor.path(step));
      }
      ways.add(steps);
    }
    return ways;
  }

  /** Returns whether the table has the type of an object, or one that it extends. */
  boolean knows(Object object) {
    return object != null && typeOf(object) != null;
  }

  /** Returns whether an object is of a library, so that its own form is no text for a reader. */
  static boolean isOfLibrary(Object object) {
    String name = object.getClass().getName();
    for (String library : LIBRARIES) {
      if (name.startsWith(library)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the text, or {@code null} if there is none. */
  String of(Object object) {
    return text(object, MAX_DEPTH);
  }

  /** Returns what the first way leads to that leads to anything; else {@code null}. */
  Object valueOf(Object object) {
    for (List<Accessor> way : typeOf(object).ways()) {
      Object value = object;
      for (Accessor step : way) {
        value = step.read(value);
      }
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private Type typeOf(Object object) {
    for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
      Type type = types.get(c.getName());
      if (type != null) {
        return type;
      }
    }
    return null;
  }

  private String text(Object object, int depth) {
    if (object == null || depth == 0) {
      return null;
    }
    if (object instanceof CharSequence) {
      return object.toString();
    }
    if (object instanceof Optional<?> optional) {
      return text(optional.orElse(null), depth - 1);
    }
    if (object instanceof Object[] array) {
      return text(Arrays.asList(array), depth - 1);
    }
    if (object instanceof Collection<?> items) {
      return ofAll(items, depth - 1);
    }
    if (object instanceof StreamedContent answer) {
      return ofPieces(answer);
    }
    Type type = typeOf(object);
    if (type == null || !type.isOfUser(object)) {
      return null;
    }
    for (List<Accessor> way : type.ways()) {
      String text = ofAll(read(object, way), depth - 1);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Returns the texts of the pieces without anything between them. */
  private String ofPieces(StreamedContent answer) {
    StringBuilder all = new StringBuilder();
    for (Object piece : answer.pieces()) {
      String text = text(piece, MAX_DEPTH);
      all.append(text == null ? "" : text);
    }
    return all.isEmpty() ? null : all.toString();
  }

  /** Returns the text of the user's last message, or all texts if there are no messages. */
  private String ofAll(Iterable<?> items, int depth) {
    String last = null;
    boolean messages = false;
    StringBuilder all = new StringBuilder();
    for (Object item : items) {
      String text = text(item, depth);
      Type type = item == null ? null : typeOf(item);
      messages |= type != null && type.message();
      if (text != null && !text.isEmpty()) {
        last = type != null && type.message() ? text : last;
        all.append(all.isEmpty() ? "" : "\n").append(text);
      }
    }
    if (messages) {
      return last;
    }
    return all.isEmpty() ? null : all.toString();
  }

  /** Returns the objects at the end of a way; a way goes through each object of a list. */
  private static List<Object> read(Object object, List<Accessor> way) {
    List<Object> objects = List.of(object);
    for (Accessor step : way) {
      List<Object> next = new ArrayList<>();
      for (Object from : objects) {
        Object value = step.read(from);
        if (value instanceof Collection<?> items) {
          items.forEach(item -> add(item, next));
        } else {
          add(value, next);
        }
      }
      objects = next;
    }
    return objects;
  }

  private static void add(Object value, List<Object> objects) {
    if (value != null) {
      objects.add(value);
    }
  }
}
