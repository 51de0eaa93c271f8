package com.example.plain;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;

/** A model that loads the class of another model at its first call, by a slow class loader. */
final class LateLlm implements Llm {
  private final Loader loader = new Loader();

  /**
   * Returns how long the loading of the other model's class waited for classes that are not the
   * application's.
   */
  long waitedNanos() {
    return loader.waitedNanos;
  }

  @Override
  public String complete(String prompt) {
    try {
      Constructor<?> model = loader.loadClass(FastLlm.class.getName()).getDeclaredConstructor();
      model.setAccessible(true);
      return ((Llm) model.newInstance()).complete(prompt);
    } catch (ReflectiveOperationException e) {
      throw new LlmException("no model", e);
    }
  }

  private static final class Loader extends ClassLoader {
    private static final int MILLIS = 400;

    private long waitedNanos;

    Loader() {
      super(LateLlm.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(FastLlm.class.getName())) {
        return define(name);
      }
      if (!name.startsWith("java.") && !name.startsWith("com.example.")) {
        rest();
      }
      return super.loadClass(name, resolve);
    }

    private void rest() throws ClassNotFoundException {
      long start = System.nanoTime();
      try {
        Thread.sleep(MILLIS);
      } catch (InterruptedException e) {
        throw new ClassNotFoundException("interrupted", e);
      }
      waitedNanos += System.nanoTime() - start;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = "/".concat(name.replace('.', '/')).concat(".class");
      try (InputStream in = LateLlm.class.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
