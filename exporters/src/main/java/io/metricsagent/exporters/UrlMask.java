package io.metricsagent.exporters;

/** URLs as they may be shown: what is in them to prove who asks is left out. Stateless. */
public final class UrlMask {
  /** What stands for a secret. */
  public static final String MASK = "***";

  private UrlMask() {}

  /**
   * Returns a URL without the user and the password before its host and without its query, which
   * often holds a key. It need not be well-formed: a password may hold anything, also a slash, so
   * all up to the last {@code @} is left out.
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
