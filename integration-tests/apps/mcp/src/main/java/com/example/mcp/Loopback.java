package com.example.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Answers each call after 50 ms, any number of calls in parallel, which the transports of versions
 * before 2.0 cannot do.
 */
final class Loopback implements McpClientTransport {
  private final ScheduledExecutorService answers = Executors.newScheduledThreadPool(2);
  private final McpJsonMapper mapper;
  private Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> client;

  Loopback() throws ReflectiveOperationException {
    mapper = McpApp.mapper();
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    client = handler;
    return Mono.empty();
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(
        () -> {
          if (message instanceof JSONRPCRequest request) {
            JSONRPCMessage answer =
                new JSONRPCResponse("2.0", request.id(), result(request.method()), null);
            answers.schedule(
                () -> client.apply(Mono.just(answer)).subscribe(), 50, TimeUnit.MILLISECONDS);
          }
        });
  }

  private static Object result(String method) {
    return switch (method) {
      case "initialize" ->
          Map.of(
              "protocolVersion",
              "2024-11-05",
              "capabilities",
              Map.of("tools", Map.of()),
              "serverInfo",
              Map.of("name", "loopback", "version", "1"));
      case "tools/call" ->
          Map.of("content", List.of(Map.of("type", "text", "text", "12")), "isError", false);
      default -> Map.of("tools", List.of());
    };
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return mapper.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(answers::shutdown);
  }
}
