package com.example.draining;

/** A queue that can be filled and drained. */
interface Queue {
  /** Puts messages into the queue. */
  void fill(int messages) throws Exception;

  /** Consumes and acknowledges messages; returns how many a second. */
  double drain(int messages) throws Exception;
}
