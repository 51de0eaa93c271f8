package com.example.plain;

import java.util.concurrent.TimeUnit;

/** A tool that takes as long as its argument says. */
final class Oracle {
  void ponder(long micros) throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(micros);
  }
}
