package io.metricsagent.agent.rollups;

/** A part of a key, by which figures can be grouped. */
public enum Dimension {
  HOUR("hour"),
  ADAPTER("adapter"),
  MODEL("model"),
  WORKER("worker"),
  EXPERIMENT("experiment");

  private final String field;

  Dimension(String field) {
    this.field = field;
  }

  /** Returns the name in JSON. */
  public String field() {
    return field;
  }

  /** Returns this part of a key as text, or {@code null} where it is not known. */
  public String of(RollupKey key) {
    return switch (this) {
      case HOUR -> RollupJson.hour(key.hour());
      case ADAPTER -> key.adapter();
      case MODEL -> key.model();
      case WORKER -> key.worker();
      case EXPERIMENT -> key.experiment();
    };
  }
}
