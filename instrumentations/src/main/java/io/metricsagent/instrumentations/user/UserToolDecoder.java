package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;
import java.util.concurrent.ConcurrentHashMap;

/** A tool that the settings name: it fails when its method throws. */
final class UserToolDecoder implements ToolDecoder {
  private final String type;
  private final String method;
  private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();

  UserToolDecoder(String type, String method) {
    this.type = type;
    this.method = method;
  }

  @Override
  public String name(Object executor, Object request) {
    String simple = ClassNames.of(executor, type);
    String name = names.get(simple);
    if (name == null) {
      name = simple + "." + method;
      names.put(simple, name);
    }
    return name;
  }

  @Override
  public boolean isFailure(Object result, Throwable innerFailure) {
    return false;
  }

  @Override
  public String errorCode(Throwable error) {
    return error == null ? null : Errors.type(error);
  }
}
