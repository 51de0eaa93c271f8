package com.example.work;

/** The tokens of an answer. */
record Usage(int inputTokens, int outputTokens) {}
