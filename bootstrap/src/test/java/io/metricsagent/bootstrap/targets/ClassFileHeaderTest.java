package io.metricsagent.bootstrap.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileHeaderTest {
  private abstract static class Base implements Callable<String>, Serializable {
    private static final long serialVersionUID = 1L;
  }

  private abstract static class Sub extends Base {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Object.class,
        String.class,
        ArrayList.class,
        Collection.class,
        Base.class,
        Sub.class,
        Thread.State.class,
        ClassFileHeaderTest.class,
        ConcurrentHashMap.class,
        MethodHandles.class
      })
  void namesWhatReflectionNames(Class<?> type) throws IOException {
    ClassFileHeader header = ClassFileHeader.read(bytes(type));

    assertThat(header.superName())
        .isEqualTo(
            type.isInterface()
                ? "java/lang/Object"
                : type.getSuperclass() == null ? null : internal(type.getSuperclass()));
    List<String> interfaces = new ArrayList<>();
    for (int i = 0; i < header.interfaceCount(); i++) {
      interfaces.add(header.interfaceName(i));
    }
    assertThat(interfaces)
        .isEqualTo(
            List.of(type.getInterfaces()).stream().map(ClassFileHeaderTest::internal).toList());
  }

  @Test
  void aFileThatIsNotAClassFileIsNotRead() {
    assertThat(ClassFileHeader.read(new byte[0])).isNull();
    assertThat(ClassFileHeader.read(new byte[100])).isNull();
  }

  @Test
  void aClassFileCutShortIsNotRead() throws IOException {
    byte[] whole = bytes(String.class);
    assertThat(ClassFileHeader.read(Arrays.copyOf(whole, 200))).isNull();
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream("/" + internal(type) + ".class")) {
      return in.readAllBytes();
    }
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
