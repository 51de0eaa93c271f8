package io.metricsagent.exporters;

/** Removes credentials from URLs, so that the URLs may be shown. Stateless. */
public final class UrlMask {
  /** The text in place of a secret. */
  public static final String MASK = "***";

  private UrlMask() {}

  /**
   * Returns a URL without user, password and query, which often contains a key. The URL need not be
   * well-formed: a password may contain any character, even a slash, so everything up to the last
   * {@code @} is removed.
   */
  public static String mask(String url) {
    int question = url.indexOf('?', url.lastIndexOf('@') + 1);
    String masked = question < 0 ? url : url.substring(0, question + 1).concat(MASK);
    int at = masked.lastIndexOf('@');
    if (at < 0) {
      return masked;
    }
    int scheme = masked.indexOf("://");
    int start = scheme < 0 || scheme > at ? 0 : scheme + 3;
    return masked.substring(0, start).concat(MASK).concat(masked.substring(at));
  }
}
