package io.metricsagent.instrumentations.libraries.bedrock;

import io.metricsagent.instrumentations.access.Accessor;

/** Reads the model of a request, which is an id, or an ARN that ends with an id. */
final class Models {
  private static final Accessor ID = Accessor.path("modelId()");

  private Models() {}

  /** Returns the id without account and region, or {@code null}. */
  static String of(Object request) {
    String id = ID.readString(request);
    return id != null && id.startsWith("arn:") ? id.substring(id.lastIndexOf('/') + 1) : id;
  }
}
