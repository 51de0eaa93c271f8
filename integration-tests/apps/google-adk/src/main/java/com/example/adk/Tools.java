package com.example.adk;

import com.google.adk.tools.Annotations.Schema;
import java.util.Map;

/** The tools of the agents. */
public final class Tools {
  /** Succeeds. */
  @Schema(description = "Price of one piece")
  public Map<String, Object> price(@Schema(name = "item") String item) {
    return Map.of("result", item.length() + " EUR");
  }

  /** Succeeds, too. */
  @Schema(description = "Number of pieces")
  public Map<String, Object> stock(@Schema(name = "item") String item) {
    return Map.of("result", item.length());
  }

  /** Throws. */
  @Schema(description = "Does not work")
  public Map<String, Object> broken(@Schema(name = "item") String item) {
    throw new IllegalStateException("no shelf for " + item.length());
  }

  /** Returns a map that says that the tool failed. */
  @Schema(description = "Never has what is asked for")
  public Map<String, Object> refuse(@Schema(name = "item") String item) {
    return Map.of("status", "error", "error_message", "no " + item);
  }

  /** Succeeds after a while. */
  @Schema(description = "Looks everywhere")
  public Map<String, Object> search(@Schema(name = "item") String item) throws Exception {
    Thread.sleep(400);
    return Map.of("result", item);
  }

  /** Needs a person's approval. */
  @Schema(description = "Sells")
  public Map<String, Object> sell(@Schema(name = "item") String item) {
    return Map.of("result", item + " is sold");
  }
}
