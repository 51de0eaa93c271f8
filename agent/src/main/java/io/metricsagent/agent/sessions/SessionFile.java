package io.metricsagent.agent.sessions;

import io.metricsagent.agent.files.JsonFault;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads files of sessions, {@code {"exported_at": …, "sessions": […]}}, one session at a time, so a
 * file may be larger than the memory. Stateless.
 */
public final class SessionFile {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Takes what was read, one after the other. */
  public interface Taker<T> {
    void take(T session) throws IOException;
  }

  private interface Element<T> {
    T read(JsonParser parser) throws UnreadableSessionException;
  }

  /**
   * What was found in a file.
   *
   * @param hasSessions whether the file has the list, even an empty one; other JSON has none
   */
  public record Found(boolean hasSessions, SkippedSessions skipped) {}

  private SessionFile() {}

  /**
   * Reads what an analysis needs. The contents of sessions are not kept, whatever their size.
   *
   * @throws SessionFileException if the stream is not JSON, or torn; sessions before that place
   *     have been taken
   */
  public static Found summaries(InputStream in, Taker<SessionSummary> taker) throws IOException {
    return read(in, SessionFields::summary, taker);
  }

  /**
   * Reads whole sessions.
   *
   * @throws SessionFileException if the stream is not JSON, or torn; sessions before that place
   *     have been taken
   */
  public static Found sessions(InputStream in, Taker<Session> taker) throws IOException {
    return read(in, SessionFields::session, taker);
  }

  private static <T> Found read(InputStream in, Element<T> element, Taker<T> taker)
      throws IOException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      Found found = object(parser, element, taker);
      if (parser.nextToken() != null) {
        throw new SessionFileException(
            JsonFault.at(parser.currentTokenLocation())
                + "there is more behind the end of the object");
      }
      return found;
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new SessionFileException(
          JsonFault.isTorn(e)
              ? JsonFault.torn(e)
              : JsonFault.at(e.getLocation()) + "not a file of sessions: " + JsonFault.reason(e));
    }
  }

  private static <T> Found object(JsonParser parser, Element<T> element, Taker<T> taker)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new SessionFileException(
          parser.currentToken() == null
              ? "the file is empty"
              : JsonFault.at(parser.currentTokenLocation())
                  + "expected {\"exported_at\": …, \"sessions\": […]}");
    }
    boolean hasSessions = false;
    SkippedSessions skipped = SkippedSessions.NONE;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (!name.equals("sessions") || value == JsonToken.VALUE_NULL) {
        parser.skipChildren();
      } else if (value != JsonToken.START_ARRAY) {
        throw new SessionFileException(
            JsonFault.at(parser.currentTokenLocation()) + "\"sessions\" is no array");
      } else {
        hasSessions = true;
        skipped = array(parser, element, taker, skipped);
      }
    }
    return new Found(hasSessions, skipped);
  }

  private static <T> SkippedSessions array(
      JsonParser parser, Element<T> element, Taker<T> taker, SkippedSessions before)
      throws IOException {
    SkippedSessions skipped = before;
    for (long place = 1; parser.nextToken() != JsonToken.END_ARRAY; place++) {
      T session;
      try {
        session = element.read(parser);
      } catch (UnreadableSessionException e) {
        skipped = skipped.with(place, e.getMessage());
        continue;
      }
      taker.take(session);
    }
    return skipped;
  }
}
