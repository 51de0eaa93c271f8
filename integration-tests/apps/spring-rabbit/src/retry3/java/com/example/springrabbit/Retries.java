package com.example.springrabbit;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.retry.MessageRecoverer;

/** Retries in the process, by Spring Retry. */
final class Retries {
  private Retries() {}

  /** Calls the listener three times at most, and then the recoverer. */
  static MethodInterceptor thrice(MessageRecoverer recoverer) {
    return RetryInterceptorBuilder.stateless()
        .maxAttempts(3)
        .backOffOptions(1, 1.0, 1)
        .recoverer(recoverer)
        .build();
  }
}
