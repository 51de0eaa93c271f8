package io.metricsagent.agent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.metricsagent.instrumentations.calls.FrameHandler;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

/** Holds the packages apart; the samples show that each rule finds what it is there for. */
class ArchitectureTest {
  private static final String AGENT = "io.metricsagent";
  private static final String INSTRUMENTATIONS = AGENT + ".instrumentations";
  private static final String SAMPLES = AGENT + ".agent.architecture.samples";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(AGENT);

  private static final JavaClasses SAMPLE_CLASSES = new ClassFileImporter().importPackages(SAMPLES);

  @Test
  void noPackageDependsOnOneThatDependsOnIt() {
    Architecture.noCycles(AGENT).check(CLASSES);
  }

  @Test
  void noLibraryUsesTheFolderOfAnother() {
    Architecture.librariesApart(INSTRUMENTATIONS + ".libraries").check(CLASSES);
  }

  @Test
  void noRoomKnowsALibrary() {
    Architecture.librariesAbove(INSTRUMENTATIONS).check(CLASSES);
  }

  @Test
  void noHandlerCallsAnother() {
    Architecture.handlersApart(INSTRUMENTATIONS).check(CLASSES);
  }

  /** {@link FrameHandler} says at {@code begin} why. */
  @Test
  void noHandlerBeginsInTwoMethods() {
    List<String> bridges = new ArrayList<>();
    for (JavaClass handler : CLASSES.that(JavaClass.Predicates.assignableTo(FrameHandler.class))) {
      for (JavaMethod method : handler.getMethods()) {
        if (method.getName().equals("begin")
            && method.getModifiers().contains(JavaModifier.BRIDGE)) {
          bridges.add(method.getFullName());
        }
      }
    }
    assertThat(bridges).isEmpty();
  }

  @Test
  void everyProxyIsAStandIn() {
    Architecture.proxiesAreStandIns(INSTRUMENTATIONS).check(CLASSES);
  }

  @Test
  void findsACycle() {
    assertFinds(Architecture.noCycles(SAMPLES), "Cycle detected: Slice first");
  }

  @Test
  void findsALibraryThatUsesAnotherButNotWhatUsesWhatIsShared() {
    assertFinds(
            Architecture.librariesApart(SAMPLES + ".libraries"), "Slice one depends on Slice two")
        .doesNotContain("shared");
  }

  @Test
  void findsARoomThatKnowsALibrary() {
    assertFinds(Architecture.librariesAbove(SAMPLES), "libraries.one.One");
  }

  @Test
  void findsAHandlerThatCallsAnother() {
    assertFinds(Architecture.handlersApart(SAMPLES), "second.CallingHandler")
        .doesNotContain("Method <" + SAMPLES + ".first");
  }

  @Test
  void findsAProxyThatIsNoStandIn() {
    assertFinds(Architecture.proxiesAreStandIns(SAMPLES), "ProxyMaker.make()")
        .contains("handles the calls of a proxy");
  }

  private static AbstractStringAssert<?> assertFinds(ArchRule rule, String what) {
    return assertThat(rule.evaluate(SAMPLE_CLASSES).getFailureReport().getDetails().toString())
        .contains(what);
  }
}
