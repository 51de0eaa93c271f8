package com.example.sqs;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** Counts the requests for messages that a client sends, and keeps the names that the last had. */
final class Names implements ExecutionInterceptor {
  private final AtomicInteger requests = new AtomicInteger();
  private volatile List<String> last = List.of();

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes unused) {
    if (context.request() instanceof ReceiveMessageRequest) {
      ReceiveMessageRequest request = (ReceiveMessageRequest) context.request();
      requests.incrementAndGet();
      last = request.attributeNamesAsStrings();
    }
  }

  int requests() {
    return requests.get();
  }

  List<String> last() {
    return last;
  }
}
