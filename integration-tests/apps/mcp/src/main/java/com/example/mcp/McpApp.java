package com.example.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * {@code java -jar mcp-newest.jar serve} serves tools on standard input and output. With {@code
 * http <address>}, the application is the client of a running server. Any other arguments are the
 * command that starts a server, whose client the application is.
 */
public final class McpApp {
  private McpApp() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      new Server().run();
      return;
    }
    try {
      if (args[0].equals("http")) {
        new HttpCalls(args[1]).all();
      } else {
        new Calls(List.of(args)).all();
        StatelessServer.callItself();
        StreamableServer.callItself();
      }
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0); // Reactor's threads live on
  }

  /** Returns the default mapper, which is in another class before 1.0. */
  static McpJsonMapper mapper() throws ReflectiveOperationException {
    String json = "io.modelcontextprotocol.json.";
    try {
      Class<?> defaults = Class.forName(json + "McpJsonDefaults");
      return (McpJsonMapper) defaults.getMethod("getMapper").invoke(null);
    } catch (ClassNotFoundException e) {
      return (McpJsonMapper) McpJsonMapper.class.getMethod("getDefault").invoke(null);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
