package io.metricsagent.agent.serve;

import io.metricsagent.agent.files.JsonText;
import io.metricsagent.agent.sessions.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes the sessions of clients that know the token. Thread-safe. */
final class HookRoute implements ApiRoute {
  /** The longest body. In bytes. */
  static final int MAX_BODY = 1 << 20;

  private static final int MAX_NAME = 200;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What a path asks for. */
  enum Step {
    START("/telemetry/session/start", "/telemetry/session/start"),
    EVENT("/telemetry/session/<id>/event", "/telemetry/session/([^/]{1,200})/event"),
    END("/telemetry/session/<id>/end", "/telemetry/session/([^/]{1,200})/end");

    private final String text;
    private final Pattern path;

    Step(String text, String path) {
      this.text = text;
      this.path = Pattern.compile(path);
    }
  }

  private final Step step;
  private final Webhooks hooks;

  HookRoute(Step step, Webhooks hooks) {
    this.step = step;
    this.hooks = hooks;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String pattern() {
    return step.text;
  }

  @Override
  public boolean matches(String path) {
    return step.path.matcher(path).matches();
  }

  @Override
  public String answer(ApiRequest request) throws IOException, ApiException {
    checkToken(request.authorization());
    byte[] body = request.body(MAX_BODY);
    ObjectNode fields = fields(body);
    Matcher path = step.path.matcher(request.path());
    String id = path.matches() && path.groupCount() > 0 ? path.group(1) : null;
    return switch (step) {
      case START -> {
        String started =
            hooks.start(text(fields, "prompt"), object(fields, "metadata"), body.length);
        StringBuilder json = new StringBuilder("{");
        JsonText.string(JsonText.name(json, "session_id"), started);
        yield json.append('}').toString();
      }
      case EVENT -> {
        ObjectNode data = object(fields, "data");
        hooks.event(id, name(fields, "event_type"), skill(fields, data), data, body.length);
        yield "{\"ok\": true}";
      }
      case END -> end(id, fields);
    };
  }

  private String end(String id, ObjectNode fields) throws IOException, ApiException {
    String error = text(fields, "error");
    JsonNode success = fields.get("success");
    if (success != null && !success.isBoolean()) {
      throw bad("success: give true or false");
    }
    Session session =
        hooks.end(
            id,
            text(fields, "output"),
            success == null ? error.isEmpty() : success.booleanValue(),
            error.isEmpty() ? null : error);
    if (session == null) {
      throw new ApiException(
          ApiException.NOT_FOUND, "there is no open session of that id; it may have ended");
    }
    return "{\"ok\": true, \"duration_ms\": " + session.durationMs() + "}";
  }

  private void checkToken(String authorization) throws ApiException {
    String scheme = "bearer ";
    boolean bearer =
        authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    String given = bearer ? authorization.substring(scheme.length()).strip() : "";
    // Takes the same time whatever part of the token is right.
    boolean right =
        MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), hooks.token().getBytes(StandardCharsets.UTF_8));
    if (!right) {
      throw new ApiException(
          ApiException.UNAUTHORIZED, "send the header Authorization: Bearer <token>");
    }
  }

  private static ObjectNode fields(byte[] body) throws ApiException {
    try {
      if (MAPPER.readTree(body) instanceof ObjectNode fields) {
        return fields;
      }
    } catch (JacksonException e) {
      throw bad("the body is no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
    throw bad("the body is no JSON object");
  }

  private static ApiException bad(String message) {
    return new ApiException(ApiException.BAD_REQUEST, message);
  }

  private static String text(ObjectNode fields, String name) throws ApiException {
    JsonNode value = fields.get(name);
    if (value == null || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw bad(name + ": give a text");
    }
    return value.stringValue();
  }

  private static String name(ObjectNode fields, String name) throws ApiException {
    String text = text(fields, name);
    if (text.isBlank() || text.length() > MAX_NAME) {
      throw bad(name + ": give a text of 1 to " + MAX_NAME + " characters, such as tool.called");
    }
    return text;
  }

  private static ObjectNode object(ObjectNode fields, String name) throws ApiException {
    JsonNode value = fields.get(name);
    if (value == null || value.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw bad(name + ": give an object");
  }

  /** Returns the skill beside the data or, for an event that names it there, in the data. */
  private static String skill(ObjectNode fields, ObjectNode data) throws ApiException {
    String beside = text(fields, "skill_name");
    if (!beside.isEmpty()) {
      return beside;
    }
    JsonNode within = data.get("skill_name");
    return within != null && within.isString() ? within.stringValue() : null;
  }
}
