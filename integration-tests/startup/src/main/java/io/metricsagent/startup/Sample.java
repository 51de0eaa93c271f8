package io.metricsagent.startup;

/**
 * One start.
 *
 * @param cpuMillis CPU time at the first answer
 * @param threads live Java threads at the first answer; -1 if the JVM was not asked
 */
record Sample(
    double readyMillis,
    double answerMillis,
    double cpuMillis,
    double peakMegabytes,
    double classes,
    double threads) {}
