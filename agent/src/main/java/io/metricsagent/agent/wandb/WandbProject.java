package io.metricsagent.agent.wandb;

import java.net.URI;
import java.util.Map;

/**
 * Where the runs of a project are asked for.
 *
 * @param url of the GraphQL endpoint
 * @param key the API key; never part of a message
 */
public record WandbProject(URI url, String key, String entity, String project) {
  /** The endpoint of W&B's own service. */
  public static final String DEFAULT_URL = "https://api.wandb.ai/graphql";

  /** The variable that holds the API key. */
  public static final String KEY = "WANDB_API_KEY";

  private static final String DEFAULT_ENTITY = "metta-research";
  private static final String DEFAULT_PROJECT = "metta";

  /** Returns the project that the environment names, or {@code null} if there is no key in it. */
  public static WandbProject of(Map<String, String> environment, URI url) {
    String key = value(environment, KEY, null);
    return key == null
        ? null
        : new WandbProject(
            url,
            key,
            value(environment, "WANDB_ENTITY", DEFAULT_ENTITY),
            value(environment, "WANDB_PROJECT", DEFAULT_PROJECT));
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return entity + "/" + project + " at " + url;
  }
}
