package com.example.shapes;

/** Runs one part of the application; a wrong result ends it with an error. */
public final class OwnShapesApp {
  private OwnShapesApp() {}

  /** Runs the parts that the arguments name. */
  public static void main(String[] args) throws Exception {
    for (String part : args) {
      switch (part) {
        case "shapes" -> Shapes.run();
        case "results" -> Results.run();
        case "callbacks" -> CallbackCalls.run();
        default -> throw new IllegalArgumentException(part);
      }
    }
  }

  static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
