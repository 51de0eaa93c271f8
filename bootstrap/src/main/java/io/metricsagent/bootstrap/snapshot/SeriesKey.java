package io.metricsagent.bootstrap.snapshot;

/** What tells one series of a kind from another; any part may be {@code null}. */
record SeriesKey(String first, String second, String third, String fourth) {}
