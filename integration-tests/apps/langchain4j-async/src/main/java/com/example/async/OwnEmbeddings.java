package com.example.async;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.internal.RetryUtils;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The application's own embedding model. */
final class OwnEmbeddings implements EmbeddingModel {
  private final Server server;
  private final String name;
  private final int retries;

  OwnEmbeddings(Server server, String name, int retries) {
    this.server = server;
    this.name = name;
    this.retries = retries;
  }

  @Override
  public Response<List<Embedding>> embedAll(List<TextSegment> texts) {
    EmbeddingResponse response =
        Server.embedding(server.http.execute(server.embeddings(name, texts.get(0).text())));
    return Response.from(response.embeddings(), response.metadata().tokenUsage());
  }

  @Override
  public CompletableFuture<EmbeddingResponse> doEmbedAsync(EmbeddingRequest request) {
    return RetryUtils.withRetryMappingExceptionsAsync(
        () ->
            server
                .http
                .executeAsync(server.embeddings(name, request.inputs().get(0).text()))
                .thenApply(Server::embedding),
        retries);
  }

  @Override
  public String modelName() {
    return name;
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OPEN_AI;
  }
}
