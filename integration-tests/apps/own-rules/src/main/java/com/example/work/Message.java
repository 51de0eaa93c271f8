package com.example.work;

import java.time.Instant;

/** A message with the receipt of one delivery. */
record Message(String body, String receipt, Instant enqueuedAt, int deliveryCount) {}
