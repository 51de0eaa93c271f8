package io.metricsagent.bootstrap.targets;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.types.Types.Base;
import com.example.types.Types.Direct;
import com.example.types.Types.Indirect;
import com.example.types.Types.Model;
import com.example.types.Types.NamedModel;
import com.example.types.Types.Neither;
import com.example.types.Types.OtherNeither;
import com.example.types.Types.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupertypesTest {
  private final List<String> read = new ArrayList<>();
  private boolean seesTargets = true;
  private ClassLoader loader;
  private Supertypes supertypes;

  @BeforeEach
  void setUp() {
    loader =
        new ClassLoader(null) {
          @Override
          public URL getResource(String name) {
            return seesTargets ? SupertypesTest.class.getClassLoader().getResource(name) : null;
          }

          @Override
          public InputStream getResourceAsStream(String name) {
            read.add(name);
            return SupertypesTest.class.getClassLoader().getResourceAsStream(name);
          }
        };
    supertypes = new Supertypes(List.of(name(Model.class)));
  }

  @Test
  void findsATargetAboveAClassAtAnyDistance() throws IOException {
    assertThat(of(Direct.class)).containsExactly(name(Model.class));
    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
    assertThat(of(Neither.class)).isEmpty();
  }

  @Test
  void readsASuperTypeOnce() throws IOException {
    of(Neither.class);
    of(OtherNeither.class);

    assertThat(read).containsExactly(name(Base.class) + ".class", name(Plain.class) + ".class");
  }

  @Test
  void remembersAnAbstractTypeFromItsOwnLoad() throws IOException {
    of(Direct.class); // the loader sees a target from now on
    read.clear();
    of(Plain.class);
    of(Base.class);
    of(Neither.class);
    of(NamedModel.class);

    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
    assertThat(read).isEmpty();
  }

  @Test
  void readsNothingWhereTheLoaderSeesNoTarget() throws IOException {
    seesTargets = false;

    assertThat(of(Neither.class)).isEmpty();
    assertThat(of(Indirect.class)).isEmpty();
    assertThat(read).isEmpty();
  }

  private List<String> of(Class<?> type) throws IOException {
    try (InputStream in =
        SupertypesTest.class.getClassLoader().getResourceAsStream(name(type) + ".class")) {
      return supertypes.of(name(type), in.readAllBytes(), loader);
    }
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
