package com.example.loaders;

import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.startup.Tomcat;

/**
 * Deploys a web application twice in Tomcat, each in a loader of its own, and asks either once.
 *
 * <p>Each request names the main class of the application in the WAR, and its arguments.
 */
public final class TomcatApp {
  private TomcatApp() {}

  /** The arguments are the WAR, the main class, and the arguments of the main class. */
  public static void main(String[] args) throws Exception {
    StringBuilder query = new StringBuilder("?main=").append(args[1]);
    for (int i = 2; i < args.length; i++) {
      query.append("&argument=").append(URLEncoder.encode(args[i], StandardCharsets.UTF_8));
    }
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    new File("tomcat/webapps").mkdirs();
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.setAddDefaultWebXmlToWebapp(false); // it needs a compiler of JSP
    tomcat.addWebapp("/one", args[0]);
    tomcat.addWebapp("/two", args[0]);
    tomcat.start();
    for (String path : new String[] {"/one", "/two"}) {
      int port = tomcat.getConnector().getLocalPort();
      URI uri = URI.create("http://127.0.0.1:" + port + path + "/ask" + query);
      try (InputStream in = uri.toURL().openStream()) {
        System.out.println(path + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    tomcat.stop();
    tomcat.destroy();
  }
}
