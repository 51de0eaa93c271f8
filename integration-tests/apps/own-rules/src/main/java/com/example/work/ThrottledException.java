package com.example.work;

/** The provider has refused a call. */
final class ThrottledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int statusCode;

  ThrottledException(int statusCode) {
    super("status " + statusCode);
    this.statusCode = statusCode;
  }

  public int getStatusCode() {
    return statusCode;
  }
}
