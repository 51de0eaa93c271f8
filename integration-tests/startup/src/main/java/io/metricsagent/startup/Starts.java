package io.metricsagent.startup;

/** The starts of one application in one variant. */
final class Starts {
  final Figures ready = new Figures();
  final Figures answer = new Figures();
  final Figures cpu = new Figures();
  final Figures peak = new Figures();
  final Figures classes = new Figures();
  final Figures threads = new Figures();

  /** What a start of its own logged, which is not among the figures; {@code null} if none did. */
  ClassLog log;

  void add(Sample sample) {
    ready.add(sample.readyMillis());
    answer.add(sample.answerMillis());
    cpu.add(sample.cpuMillis());
    peak.add(sample.peakMegabytes());
  }

  /** Adds what the JVM told of a start of its own, whose times are not among the figures. */
  void addAsked(Sample sample) {
    classes.add(sample.classes());
    threads.add(sample.threads());
  }
}
