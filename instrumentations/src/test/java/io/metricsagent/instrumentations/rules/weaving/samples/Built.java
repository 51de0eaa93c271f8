package io.metricsagent.instrumentations.rules.weaving.samples;

/** Constructors of several shapes. */
public class Built implements BuiltApi {
  private String text;

  /** Calls another constructor of its own class. */
  public Built() {
    this(1, "text");
  }

  /** Throws, or returns at one of two places, within its own handlers. */
  Built(long number, String text) {
    super();
    String made;
    try {
      if (text == null) {
        throw new IllegalStateException("no text");
      }
      if (number == 0) {
        this.text = text;
        return;
      }
      made = text + number;
    } catch (IllegalArgumentException e) {
      made = "handled";
    }
    this.text = made;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public BuiltApi build(long number, String ofText) {
    return new Built(number, ofText);
  }
}
