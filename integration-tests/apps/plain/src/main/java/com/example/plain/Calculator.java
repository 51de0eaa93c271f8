package com.example.plain;

/** A tool. */
final class Calculator {
  int divide(int dividend, int divisor) {
    return dividend / divisor;
  }
}
