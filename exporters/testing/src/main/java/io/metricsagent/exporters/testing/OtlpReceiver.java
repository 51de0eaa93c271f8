package io.metricsagent.exporters.testing;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * An OTLP receiver on 127.0.0.1, HTTP and gRPC, that decodes with the official messages and checks
 * that every field is known to them. It answers as it is told, and success otherwise. Thread-safe.
 */
public final class OtlpReceiver implements AutoCloseable {
  /**
   * One request.
   *
   * @param headers names in lower case
   */
  public record Received(
      ExportMetricsServiceRequest request, Map<String, String> headers, int wireBytes) {
    /** Returns all metrics of the request. */
    public List<Metric> metrics() {
      return request.getResourceMetricsList().stream()
          .flatMap(resource -> resource.getScopeMetricsList().stream())
          .flatMap(scope -> scope.getMetricsList().stream())
          .toList();
    }

    /** Returns a metric by its name. */
    public Metric metric(String name) {
      return metrics().stream()
          .filter(metric -> metric.getName().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no metric " + name + " in " + request));
    }
  }

  /**
   * One request with log records.
   *
   * @param headers names in lower case
   */
  public record ReceivedLogs(
      ExportLogsServiceRequest request, Map<String, String> headers, int wireBytes) {
    /** Returns all log records of the request. */
    public List<LogRecord> records() {
      return request.getResourceLogsList().stream()
          .flatMap(resource -> resource.getScopeLogsList().stream())
          .flatMap(scope -> scope.getLogRecordsList().stream())
          .toList();
    }
  }

  /** An answer over HTTP. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {}

  private final HttpServer http;
  private final Server grpc;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new ArrayList<>();
  private final List<ReceivedLogs> receivedLogs = new ArrayList<>();
  private final List<LogRecord> takenLogs = new ArrayList<>();
  private volatile Predicate<LogRecord> invalid = record -> false;
  private final Queue<HttpAnswer> httpAnswers = new ConcurrentLinkedQueue<>();
  private final Queue<Status> grpcAnswers = new ConcurrentLinkedQueue<>();
  private volatile ExportMetricsServiceResponse response =
      ExportMetricsServiceResponse.getDefaultInstance();
  private volatile ExportLogsServiceResponse logsResponse =
      ExportLogsServiceResponse.getDefaultInstance();

  /** Starts on free ports. */
  public OtlpReceiver() throws IOException {
    this(InetAddress.getLoopbackAddress(), 0);
  }

  /** Starts on an address of this machine; for HTTP on a port of it. */
  public OtlpReceiver(InetAddress address, int httpPort) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(address, 0);
    http = HttpServer.create(new InetSocketAddress(address, httpPort), 0);
    http.createContext("/v1/metrics", exchange -> onHttp(exchange, this::keep));
    http.createContext("/v1/logs", exchange -> onHttp(exchange, this::keepLogs));
    http.setExecutor(threads);
    http.start();
    grpc =
        NettyServerBuilder.forAddress(anyPort)
            .executor(threads)
            .addService(ServerInterceptors.intercept(new MetricsService(), new HeaderKeeper()))
            .addService(ServerInterceptors.intercept(new LogsService(), new HeaderKeeper()))
            .build()
            .start();
  }

  /** Returns the URL for HTTP. */
  public URI httpEndpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1/metrics");
  }

  /** Returns the URL for log records over HTTP. */
  public URI httpLogsEndpoint() {
    return httpEndpoint().resolve("/v1/logs");
  }

  /** Returns the URL for gRPC. */
  public URI grpcEndpoint() {
    return URI.create("http://127.0.0.1:" + grpc.getPort());
  }

  /** Answers the next request over HTTP like this; calls queue up. */
  public void answerHttp(int status, Map<String, String> headers, String body) {
    httpAnswers.add(new HttpAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Answers the next call over gRPC like this; calls queue up. */
  public void answerGrpc(Status status) {
    grpcAnswers.add(status);
  }

  /** Answers every accepted request with this message. */
  public void respond(ExportMetricsServiceResponse message) {
    response = message;
  }

  /** Answers every accepted request with log records with this message. */
  public void respond(ExportLogsServiceResponse message) {
    logsResponse = message;
  }

  /** Refuses each request with a log record like this as invalid: HTTP 400, INVALID_ARGUMENT. */
  public void refuseLogs(Predicate<LogRecord> records) {
    invalid = records;
  }

  /** Returns the log records of those requests that were not refused as invalid. */
  public List<LogRecord> takenLogs() {
    synchronized (received) {
      return List.copyOf(takenLogs);
    }
  }

  /** Returns the requests with log records so far, refused ones included. */
  public List<ReceivedLogs> receivedLogs() {
    synchronized (received) {
      return List.copyOf(receivedLogs);
    }
  }

  /** Returns all log records so far, in the order of their arrival. */
  public List<LogRecord> logRecords() {
    return receivedLogs().stream().flatMap(request -> request.records().stream()).toList();
  }

  /** Returns the requests so far, refused ones included. */
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** Forgets the requests so far. */
  public void forget() {
    synchronized (received) {
      received.clear();
      receivedLogs.clear();
      takenLogs.clear();
    }
  }

  /** Returns the last request. */
  public Received last() {
    List<Received> all = received();
    return all.get(all.size() - 1);
  }

  /** Decodes and keeps a request; returns the message that accepts it, or {@code null}. */
  private interface Keeper {
    Message keep(byte[] message, Map<String, String> headers, int wireBytes) throws IOException;
  }

  private void onHttp(HttpExchange exchange, Keeper keeper) throws IOException {
    try (exchange) {
      byte[] wire = exchange.getRequestBody().readAllBytes();
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      Message accepted = keeper.keep(inflate(wire, headers), headers, wire.length);
      HttpAnswer answer = httpAnswers.poll();
      if (answer == null && accepted == null) {
        answer = new HttpAnswer(400, Map.of(), "invalid".getBytes(StandardCharsets.UTF_8));
      } else if (answer == null) {
        answer =
            new HttpAnswer(
                200, Map.of("Content-Type", "application/x-protobuf"), accepted.toByteArray());
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static byte[] inflate(byte[] wire, Map<String, String> headers) throws IOException {
    if (!"gzip".equals(headers.get("content-encoding"))) {
      return wire;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(wire))) {
      return in.readAllBytes();
    }
  }

  private Message keep(byte[] message, Map<String, String> headers, int wireBytes)
      throws IOException {
    keep(ExportMetricsServiceRequest.parseFrom(message), headers, wireBytes);
    return response;
  }

  private Message keepLogs(byte[] message, Map<String, String> headers, int wireBytes)
      throws IOException {
    return keep(ExportLogsServiceRequest.parseFrom(message), headers, wireBytes);
  }

  private ExportLogsServiceResponse keep(
      ExportLogsServiceRequest request, Map<String, String> headers, int bytes) {
    assertKnownFields(request);
    ReceivedLogs logs = new ReceivedLogs(request, headers, bytes);
    boolean valid = logs.records().stream().noneMatch(invalid);
    synchronized (received) {
      receivedLogs.add(logs);
      if (valid) {
        takenLogs.addAll(logs.records());
      }
    }
    return valid ? logsResponse : null;
  }

  private void keep(ExportMetricsServiceRequest request, Map<String, String> headers, int bytes) {
    assertKnownFields(request);
    synchronized (received) {
      received.add(new Received(request, headers, bytes));
    }
  }

  private static void assertKnownFields(Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw new AssertionError("unknown fields in " + message);
    }
    for (Object value : message.getAllFields().values()) {
      if (value instanceof Message nested) {
        assertKnownFields(nested);
      } else if (value instanceof List<?> list) {
        list.stream()
            .filter(Message.class::isInstance)
            .forEach(nested -> assertKnownFields((Message) nested));
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
    grpc.shutdownNow();
    threads.shutdownNow();
  }

  private static final Context.Key<Map<String, String>> HEADERS = Context.key("headers");

  private static final class HeaderKeeper implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
      Map<String, String> headers = new TreeMap<>();
      for (String name : metadata.keys()) {
        if (!name.endsWith("-bin")) {
          headers.put(name, metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
        }
      }
      return Contexts.interceptCall(
          Context.current().withValue(HEADERS, headers), call, metadata, next);
    }
  }

  private final class MetricsService extends MetricsServiceGrpc.MetricsServiceImplBase {
    @Override
    public void export(
        ExportMetricsServiceRequest request,
        StreamObserver<ExportMetricsServiceResponse> observer) {
      keep(request, HEADERS.get(), request.getSerializedSize());
      answer(observer, response);
    }
  }

  private final class LogsService extends LogsServiceGrpc.LogsServiceImplBase {
    @Override
    public void export(
        ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> observer) {
      answer(observer, keep(request, HEADERS.get(), request.getSerializedSize()));
    }
  }

  private <R> void answer(StreamObserver<R> observer, R message) {
    Status status = grpcAnswers.poll();
    if (status != null) {
      observer.onError(status.asRuntimeException());
    } else if (message == null) {
      observer.onError(Status.INVALID_ARGUMENT.withDescription("invalid").asRuntimeException());
    } else {
      observer.onNext(message);
      observer.onCompleted();
    }
  }
}
