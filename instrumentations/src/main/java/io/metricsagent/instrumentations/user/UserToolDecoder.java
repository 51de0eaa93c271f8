package io.metricsagent.instrumentations.user;

import io.metricsagent.instrumentations.access.ClassNames;
import io.metricsagent.instrumentations.access.Errors;
import io.metricsagent.instrumentations.tools.ToolDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tool that the settings name: it fails when its method throws. */
final class UserToolDecoder implements ToolDecoder {
  /** The names of the tools, by the class of the object that runs them. */
  private static final class Names extends ClassValue<String> {
    private final String method;

    Names(String method) {
      this.method = method;
    }

    @Override
    protected String computeValue(Class<?> type) {
      return ClassNames.simple(type) + "." + method;
    }
  }

  private final Names names;
  private final String nameOfStaticMethod;
  private final boolean content;

  /**
   * Makes a decoder.
   *
   * @param content whether the method's arguments are passed with their names
   */
  UserToolDecoder(String type, String method, boolean content) {
    this.content = content;
    names = new Names(method);
    nameOfStaticMethod = ClassNames.simple(type) + "." + method;
  }

  @Override
  public String name(Object executor, Object request) {
    return executor == null ? nameOfStaticMethod : names.get(executor.getClass());
  }

  /** Returns the arguments by the names of the parameters. */
  @Override
  public Object arguments(Object values, Object names) {
    if (!content || !(values instanceof Object[] all) || !(names instanceof String text)) {
      return null;
    }
    String[] each = text.split(",");
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < all.length; i++) {
      arguments.put(each[i], all[i]);
    }
    return arguments;
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
