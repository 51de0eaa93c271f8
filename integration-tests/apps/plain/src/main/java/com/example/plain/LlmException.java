package com.example.plain;

/** A model did not answer. */
public final class LlmException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LlmException(String message, Throwable cause) {
    super(message, cause);
  }
}
