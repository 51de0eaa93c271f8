package io.metricsagent.agent.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/** Finds names for this process where the user gave none. Stateless. */
final class ProcessIdentity {
  private static final String UNKNOWN_SERVICE = "unknown_service:java";
  private static final String JAR = ".jar";

  private ProcessIdentity() {}

  static String workerId(Map<String, String> environment) {
    return hostName(environment, "/proc/sys/kernel/hostname", "/etc/hostname")
        .concat("-")
        .concat(pid());
  }

  /**
   * Returns the process id. {@link ProcessHandle} is asked only where there is no {@code /proc}:
   * its class initialiser takes far longer than reading a symbolic link.
   */
  static String pid() {
    try {
      String self = new File("/proc/self").getCanonicalFile().getName();
      if (!self.isEmpty() && self.charAt(0) >= '1' && self.charAt(0) <= '9') {
        return self;
      }
    } catch (IOException ignored) {
      // Continue as if there were no /proc.
    }
    return Long.toString(ProcessHandle.current().pid());
  }

  /**
   * Returns the host's name. The resolver comes last: it may ask DNS, and a slow answer would delay
   * the start of the application.
   *
   * @param files files that hold the name, the best one first
   */
  static String hostName(Map<String, String> environment, String... files) {
    String name = environment.get("HOSTNAME");
    if (isBlank(name)) {
      name = environment.get("COMPUTERNAME");
    }
    for (int i = 0; i < files.length && isBlank(name); i++) {
      name = firstLine(new File(files[i]));
    }
    if (isBlank(name)) {
      try {
        name = InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        name = "localhost";
      }
    }
    return name.trim();
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private static String firstLine(File file) {
    byte[] bytes = new byte[256];
    try (InputStream in = new FileInputStream(file)) {
      int length = in.readNBytes(bytes, 0, bytes.length);
      String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      return end < 0 ? text : text.substring(0, end);
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns the main class, or the name of the main jar without {@code .jar}. */
  static String serviceName(Properties systemProperties) {
    String command = systemProperties.getProperty("sun.java.command");
    if (isBlank(command)) {
      return UNKNOWN_SERVICE;
    }
    String main = command.trim();
    int blank = main.indexOf(' ');
    String word = blank < 0 ? main : main.substring(0, blank);
    boolean path = word.indexOf('/') >= 0 || word.indexOf('\\') >= 0;
    int jar = main.indexOf(JAR.concat(" "));
    if (path && !word.endsWith(JAR) && (jar >= 0 || main.endsWith(JAR))) {
      // The path of the jar may contain blanks, which sun.java.command does not quote.
      word = jar < 0 ? main : main.substring(0, jar + JAR.length());
    }
    // "module/com.acme.Main" becomes the class, a path becomes the file's name.
    String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
    return name.endsWith(JAR) && name.length() > JAR.length()
        ? name.substring(0, name.length() - JAR.length())
        : name;
  }
}
