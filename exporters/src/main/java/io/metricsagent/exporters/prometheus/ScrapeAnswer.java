package io.metricsagent.exporters.prometheus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer to a request: status, headers and body.
 *
 * @param headers all headers but those about the connection
 * @param body the body, or {@code null} if the request asked for the headers alone
 */
record ScrapeAnswer(int status, Map<String, String> headers, Body body) {
  /** Returns an answer with a text for people. */
  static ScrapeAnswer words(int status, String words) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain; charset=utf-8");
    byte[] bytes = (words + "\n").getBytes(StandardCharsets.UTF_8);
    Body body = new Body();
    body.write(bytes, 0, bytes.length);
    return new ScrapeAnswer(status, headers, body);
  }

  ScrapeAnswer with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  ScrapeAnswer headersOnly() {
    return new ScrapeAnswer(status, headers, null);
  }

  /** Returns the bytes of the answer, in pieces. */
  Deque<ByteBuffer> bytes(Clock clock, boolean last) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ");
    head.append(status).append(' ').append(reason()).append("\r\nDate: ");
    head.append(
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    if (body != null) {
      head.append("\r\nContent-Length: ").append(body.size());
    }
    head.append(last ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
    Deque<ByteBuffer> bytes = new ArrayDeque<>();
    bytes.add(ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1)));
    if (body != null) {
      bytes.addAll(body.pieces());
    }
    return bytes;
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 431 -> "Request Header Fields Too Large";
      case 505 -> "HTTP Version Not Supported";
      default -> "Internal Server Error";
    };
  }
}
