package io.metricsagent.exporters.otlp;

/** What is sent over OTLP, in the words of messages to the user. */
enum Signal {
  /** Snapshots; what does not arrive is part of the next one. */
  METRICS("metrics", "data points"),

  /** Records of sessions; each is sent until it has arrived or is refused. */
  LOGS("records of sessions", "log records");

  private final String what;
  private final String items;

  Signal(String what, String items) {
    this.what = what;
    this.items = items;
  }

  /** Returns the words for what is sent, as in "cannot export metrics". */
  String what() {
    return what;
  }

  /** Returns the words for what a request consists of. */
  String items() {
    return items;
  }

  /**
   * Returns what a failure means for the data, as the end of a message; empty if only the sink
   * knows, because it sends parts of the request again.
   */
  String consequence(ExportException.Fate fate) {
    return switch (this) {
      case METRICS -> "; what was recorded is kept for the next export";
      case LOGS ->
          switch (fate) {
            case REFUSED -> "; the records of this request are dropped";
            case INVALID -> "";
            case KEPT, TAKEN -> "; they are kept and sent again, as far as there is room";
          };
    };
  }
}
