package io.metricsagent.agent.redaction;

import static io.metricsagent.agent.redaction.SecretFinder.isAlphanumeric;

import java.util.List;

/**
 * Finds API keys, by the beginnings that providers give their keys: the first characters and so
 * many more. Also JSON web tokens and private keys.
 */
final class KeyFinder implements SecretFinder {
  /**
   * How the keys of a provider begin.
   *
   * @param text the beginning, in this case
   * @param rest how many characters follow at least
   */
  private record Beginning(String text, int rest) {}

  private static final List<Beginning> BEGINNINGS =
      List.of(
          new Beginning("sk-", 16), // OpenAI, Anthropic, OpenRouter, DeepSeek
          new Beginning("sk_", 16), // Stripe, ElevenLabs
          new Beginning("rk_live_", 16),
          new Beginning("pk_live_", 16),
          new Beginning("AKIA", 16), // AWS
          new Beginning("ASIA", 16),
          new Beginning("ABSK", 32), // Bedrock
          new Beginning("AIza", 30), // Google
          new Beginning("ya29.", 16),
          new Beginning("ghp_", 20), // GitHub
          new Beginning("gho_", 20),
          new Beginning("ghu_", 20),
          new Beginning("ghs_", 20),
          new Beginning("ghr_", 20),
          new Beginning("github_pat_", 20),
          new Beginning("glpat-", 16), // GitLab
          new Beginning("xoxa-", 10), // Slack
          new Beginning("xoxb-", 10),
          new Beginning("xoxp-", 10),
          new Beginning("xoxr-", 10),
          new Beginning("xoxs-", 10),
          new Beginning("hf_", 20), // Hugging Face
          new Beginning("gsk_", 20), // Groq
          new Beginning("xai-", 20),
          new Beginning("pplx-", 20), // Perplexity
          new Beginning("tvly-", 16), // Tavily
          new Beginning("r8_", 20), // Replicate
          new Beginning("npm_", 20),
          new Beginning("pypi-", 16),
          new Beginning("dop_v1_", 20), // DigitalOcean
          new Beginning("shpat_", 20), // Shopify
          new Beginning("SG.", 20), // SendGrid
          new Beginning("eyJ", 20)); // a JSON object in base64

  private static final String PRIVATE_KEY = "-----begin ";
  private static final String PRIVATE_KEY_END = "-----end ";

  /** The longest first line of a private key, and the longest last one. */
  private static final int MAX_LINE = 80;

  @Override
  public void find(CharSequence text, Secrets secrets) {
    int i = 0;
    while (i < text.length()) {
      int end = i;
      if (text.charAt(i) == '-') {
        end = privateKeyEnd(text, i);
      } else if (i == 0 || !isAlphanumeric(text.charAt(i - 1))) {
        end = keyEnd(text, i);
      }
      if (end > i) {
        secrets.add(i, end, Secrets.Kind.API_KEY);
      }
      i = Math.max(i + 1, end);
    }
  }

  private static int keyEnd(CharSequence text, int begin) {
    for (Beginning beginning : BEGINNINGS) {
      int end = begin + beginning.text().length();
      if (startsWith(text, begin, beginning.text())) {
        int min = end + beginning.rest();
        while (end < text.length() && isOfKey(text.charAt(end))) {
          end++;
        }
        if (end >= min) {
          return end;
        }
        break; // no two beginnings begin alike but for those of one provider
      }
    }
    return begin;
  }

  private static boolean startsWith(CharSequence text, int place, String beginning) {
    if (place + beginning.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < beginning.length(); i++) {
      if (text.charAt(place + i) != beginning.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfKey(char c) {
    return isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
  }

  /** Returns where a private key ends: at the end of the text if its last line is missing. */
  private static int privateKeyEnd(CharSequence text, int begin) {
    if (!SecretFinder.isAt(text, begin, PRIVATE_KEY)) {
      return begin;
    }
    int i = begin + PRIVATE_KEY.length();
    int limit = Math.min(text.length(), begin + MAX_LINE);
    while (i < limit && !SecretFinder.isAt(text, i, "private key")) {
      i++;
    }
    if (i == limit) {
      return begin;
    }
    while (i < text.length() && !SecretFinder.isAt(text, i, PRIVATE_KEY_END)) {
      i++;
    }
    int end = Math.min(text.length(), i + MAX_LINE);
    i = Math.min(text.length(), i + PRIVATE_KEY_END.length());
    while (i < end && text.charAt(i) != '-') {
      i++;
    }
    while (i < end && text.charAt(i) == '-') {
      i++;
    }
    return i;
  }
}
