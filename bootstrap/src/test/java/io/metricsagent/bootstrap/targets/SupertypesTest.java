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
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SupertypesTest {
  private static final Set<String> TARGETS = Set.of(name(Model.class));

  /** What a loader was asked for, and what it answers. */
  private static final class Questions {
    private final List<String> read = new ArrayList<>();
    private boolean seesTargets = true;
    private RuntimeException failure;
    private int asked;

    URL resource(String name) {
      asked++;
      if (failure != null) {
        throw failure;
      }
      return seesTargets ? SupertypesTest.class.getClassLoader().getResource(name) : null;
    }

    InputStream stream(String name) {
      asked++;
      read.add(name);
      return SupertypesTest.class.getClassLoader().getResourceAsStream(name);
    }
  }

  private static final class ParallelLoader extends URLClassLoader {
    static {
      registerAsParallelCapable();
    }

    private final Questions questions;

    ParallelLoader(Questions questions) {
      super(new URL[0], null);
      this.questions = questions;
    }

    @Override
    public URL getResource(String name) {
      return questions.resource(name);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return questions.stream(name);
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }
  }

  private static final class SerialLoader extends ClassLoader {
    private final Questions questions;

    SerialLoader(Questions questions) {
      super(null);
      this.questions = questions;
    }

    @Override
    public URL getResource(String name) {
      return questions.resource(name);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return questions.stream(name);
    }
  }

  private final Questions questions = new Questions();
  private ClassLoader loader = new ParallelLoader(questions);
  private Supertypes supertypes = view(loader, null);
  private ProtectionDomain domain;

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

    assertThat(questions.read)
        .containsExactly(name(Base.class) + ".class", name(Plain.class) + ".class");
  }

  @Test
  void remembersAnAbstractTypeFromItsOwnLoad() throws IOException {
    of(Indirect.class); // the loader sees a target from now on
    of(Plain.class);
    of(Base.class);
    questions.read.clear();
    of(Neither.class);
    of(NamedModel.class);

    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
    assertThat(questions.read).isEmpty();
  }

  @Test
  void readsNoTargetThatTheLoaderHasLoaded() throws IOException {
    of(Model.class);

    assertThat(of(Direct.class)).containsExactly(name(Model.class));
    assertThat(questions.asked).isZero();
  }

  @Test
  void remembersAnAbstractTypeThatWasLoadedAfterATarget() throws IOException {
    of(Model.class);
    of(Plain.class);
    of(Base.class);

    assertThat(of(Neither.class)).isEmpty();
    assertThat(questions.asked).isZero();
  }

  @Test
  void readsNothingWhereTheLoaderSeesNoTarget() throws IOException {
    questions.seesTargets = false;

    assertThat(of(Neither.class)).isEmpty();
    assertThat(of(Indirect.class)).isEmpty();
    assertThat(of(OtherNeither.class)).isEmpty();
    assertThat(questions.read).isEmpty();
    assertThat(questions.asked).isEqualTo(TARGETS.size());
  }

  @Test
  void findsATargetThatAClassNamesAlthoughTheLoaderSawNoTargetAtFirst() throws IOException {
    questions.seesTargets = false;
    of(Neither.class);

    assertThat(of(Direct.class)).containsExactly(name(Model.class));
  }

  @Test
  void looksAgainOnceTheLoaderHasLoadedATarget() throws IOException {
    questions.seesTargets = false;
    of(Neither.class);
    of(Model.class);

    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
  }

  @Test
  void looksAgainOnceAParentHasLoadedATarget() throws IOException {
    questions.seesTargets = false;
    Supertypes parent = supertypes;
    supertypes = view(loader, parent);
    of(Neither.class);
    parent.of(name(Model.class), bytes(Model.class), loader, null);

    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
  }

  @Test
  void asksAgainOnceTheLoaderHasMoreJars() throws IOException {
    questions.seesTargets = false;
    of(Neither.class);
    questions.seesTargets = true;
    ((ParallelLoader) loader).addURL(codeOf(Model.class));

    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
  }

  @Test
  void neverAsksALoaderThatIsNotParallelCapable() throws IOException {
    loader = new SerialLoader(questions);
    supertypes = view(loader, null);
    domain = new ProtectionDomain(new CodeSource(codeOf(Model.class), (Certificate[]) null), null);

    assertThat(of(Neither.class)).isEmpty();
    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
    assertThat(of(Direct.class)).containsExactly(name(Model.class));
    assertThat(questions.asked).isZero();
  }

  @Test
  void usesTheResultsOfLoadedClassesIfTheLoaderMayNotBeAsked() throws IOException {
    Supertypes parent = view(new SerialLoader(questions), null);
    parent.of(name(NamedModel.class), bytes(NamedModel.class), loader, null);
    loader = new SerialLoader(questions);
    supertypes = view(loader, parent);

    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
    assertThat(questions.asked).isZero();
  }

  @Test
  void asksNoMoreOnceTheLoaderThrew() throws IOException {
    questions.failure = new IllegalStateException("closed");

    assertThat(of(Indirect.class)).isEmpty();
    assertThat(of(Neither.class)).isEmpty();
    assertThat(of(Direct.class)).containsExactly(name(Model.class));
    assertThat(questions.asked).isEqualTo(1);
  }

  @Test
  void knowsClassesThatWereLoadedBeforeEvenIfTheLoaderShowsNoFiles() throws IOException {
    questions.seesTargets = false;
    supertypes.wasLoaded(name(Model.class), List.of());
    supertypes.wasLoaded(name(NamedModel.class), List.of(name(Model.class)));
    questions.read.clear();

    assertThat(of(Direct.class)).containsExactly(name(Model.class));
    assertThat(of(Indirect.class)).containsExactly(name(Model.class));
    assertThat(questions.read).isEmpty();
  }

  private static Supertypes view(ClassLoader loader, Supertypes parent) {
    return new Supertypes(TARGETS, loader, parent, new TypeFiles(loader));
  }

  private List<String> of(Class<?> type) throws IOException {
    return supertypes.of(name(type), bytes(type), loader, domain);
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in =
        SupertypesTest.class.getClassLoader().getResourceAsStream(name(type) + ".class")) {
      return in.readAllBytes();
    }
  }

  private static URL codeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
