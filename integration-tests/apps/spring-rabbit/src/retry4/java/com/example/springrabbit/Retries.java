package com.example.springrabbit;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.retry.MessageRecoverer;

/** Retries in the process, by Spring's core. */
final class Retries {
  private Retries() {}

  /** Calls the listener three times at most, and then the recoverer. */
  static MethodInterceptor thrice(MessageRecoverer recoverer) {
    return RetryInterceptorBuilder.stateless()
        .maxRetries(2)
        .backOffOptions(1, 1.0, 1)
        .recoverer(recoverer)
        .build();
  }
}
