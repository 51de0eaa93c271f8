package io.metricsagent.agent.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.metricsagent.instrumentations.access.StandIn;
import io.metricsagent.instrumentations.calls.FrameHandler;
import io.metricsagent.instrumentations.rules.SiteHandler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** What holds between packages and classes; each rule is about the classes below a package. */
final class Architecture {
  private Architecture() {}

  /** No package depends on one that depends on it, in however many steps. */
  static ArchRule noCycles(String base) {
    return slices().matching(base + ".(**)").should().beFreeOfCycles();
  }

  /** The folder of a library may use what is shared, but not the folder of another library. */
  static ArchRule librariesApart(String libraries) {
    return slices()
        .matching(libraries + ".(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAPackage(libraries + ".shared.."));
  }

  /** Rules, rooms and the user's own targets know no library. */
  static ArchRule librariesAbove(String base) {
    return noClasses()
        .that()
        .resideInAPackage(base + "..")
        .and()
        .resideOutsideOfPackage(base + ".libraries..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(base + ".libraries..");
  }

  /** A handler tells the frame around its own what happens, and never another handler. */
  static ArchRule handlersApart(String base) {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .and(are(PART_OF_A_HANDLER))
        .should(NAME_NO_OTHER_HANDLER);
  }

  /** A proxy is a stand-in: nothing else keeps a fault of the agent from the application. */
  static ArchRule proxiesAreStandIns(String base) {
    return noClasses()
        .that()
        .resideInAPackage(base + "..")
        .and()
        .doNotHaveFullyQualifiedName(StandIn.class.getName())
        .should()
        .callMethodWhere(
            target(owner(equivalentTo(Proxy.class)))
                .and(target(nameMatching("newProxyInstance|getProxyClass|getInvocationHandler"))))
        .orShould(be(HANDLER_OF_PROXIES));
  }

  private static final DescribedPredicate<JavaClass> HANDLER_OF_PROXIES =
      DescribedPredicate.describe(
          "what handles the calls of a proxy by itself",
          type -> type.getRawInterfaces().stream().anyMatch(equivalentTo(InvocationHandler.class)));

  private static final DescribedPredicate<JavaClass> PART_OF_A_HANDLER =
      DescribedPredicate.describe("part of a handler", type -> handler(type) != null);

  private static final ArchCondition<JavaClass> NAME_NO_OTHER_HANDLER =
      new ArchCondition<>("name no other handler") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          JavaClass own = outermost(type);
          for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass other = handler(dependency.getTargetClass());
            if (other != null && !other.equals(own) && !own.isAssignableTo(other.getName())) {
              events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
          }
        }
      };

  /** Returns the handler that a class is or is a part of; what handlers extend is none. */
  private static JavaClass handler(JavaClass type) {
    JavaClass outermost = outermost(type);
    boolean base =
        outermost.isEquivalentTo(SiteHandler.class) || outermost.isEquivalentTo(FrameHandler.class);
    return outermost.isAssignableTo(SiteHandler.class)
            && !base
            && !outermost.getModifiers().contains(JavaModifier.ABSTRACT)
        ? outermost
        : null;
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return outermost;
  }
}
