package com.example.work;

import java.util.concurrent.CompletableFuture;

/** A provider of models. */
interface Adapter {
  String provider();

  Result evaluate(Request request);

  CompletableFuture<Result> evaluateAsync(Request request);
}
