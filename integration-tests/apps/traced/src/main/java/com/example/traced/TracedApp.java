package com.example.traced;

import java.io.IOException;

/** {@code java -jar traced.jar [own|served]}; runs until the end of its standard input. */
public final class TracedApp {
  private TracedApp() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("own")) {
      OwnTraces.run(new Work());
    } else {
      Served.run(new Work());
    }
    System.out.println("ready");
    System.in.transferTo(System.out);
  }
}
