package io.metricsagent.agent.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One request.
 *
 * @param path without the query
 * @param query as sent, or {@code null} for none
 * @param authorization the header of that name, or {@code null}
 * @param length the announced length of the body, or -1 if none is announced
 */
record ApiRequest(
    String method, String path, String query, String authorization, long length, InputStream body) {

  /**
   * Returns the parameters of the query, each of which may be given once.
   *
   * @param known the names that are allowed
   */
  Map<String, String> parameters(Set<String> known) throws ApiException {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!known.contains(name)) {
        throw new ApiException(
            ApiException.BAD_REQUEST,
            "unknown parameter " + name + "; the parameters are " + String.join(", ", known));
      }
      if (parameters.containsKey(name)) {
        throw new ApiException(
            ApiException.BAD_REQUEST, "parameter " + name + ": give it at most once");
      }
      parameters.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) throws ApiException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ApiException.BAD_REQUEST, "the query is not percent-encoded: " + e.getMessage());
    }
  }

  /**
   * Reads the body.
   *
   * @param limit in bytes; a longer body is refused
   */
  byte[] body(int limit) throws IOException, ApiException {
    if (length <= limit) {
      byte[] bytes = body.readNBytes(limit + 1);
      if (bytes.length <= limit) {
        return bytes;
      }
    }
    throw new ApiException(
        ApiException.TOO_LARGE, "the body is too large; send at most " + limit + " bytes");
  }
}
