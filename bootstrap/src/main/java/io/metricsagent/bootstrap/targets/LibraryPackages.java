package io.metricsagent.bootstrap.targets;

/**
 * Packages whose classes are never subtypes of a target, so that their class files need not be
 * looked at: those of the JDK, of languages and of widely used libraries, and of other agents.
 *
 * <p>Names are internal, with slashes. A package listed here costs its users the measurement of a
 * class in it that implements a target interface; a package that is missing costs a microsecond or
 * two a class.
 */
final class LibraryPackages {
  private static final String[] NEVER_TARGETS = {
    "java/",
    "javax/annotation/",
    "javax/inject/",
    "javax/persistence/",
    "javax/servlet/",
    "javax/validation/",
    "javax/xml/",
    "jdk/",
    "sun/",
    "com/sun/",
    "kotlin/",
    "kotlinx/",
    "scala/",
    "groovy/",
    "clojure/",
    "io/metricsagent/bootstrap/",
    "net/bytebuddy/",
    "org/objectweb/asm/",
    "cglib/",
    "javassist/",
    "com/fasterxml/",
    "tools/jackson/",
    "com/google/gson/",
    "com/google/common/",
    "com/google/protobuf/",
    "org/slf4j/",
    "ch/qos/logback/",
    "org/apache/logging/",
    "org/apache/commons/",
    "org/apache/catalina/",
    "org/apache/tomcat/",
    "org/apache/coyote/",
    "org/apache/el/",
    "org/apache/http/",
    "org/apache/hc/",
    "org/eclipse/jetty/",
    "io/netty/",
    "io/undertow/",
    "io/vertx/core/",
    "reactor/",
    "io/reactivex/",
    "org/reactivestreams/",
    "rx/",
    "okhttp3/",
    "okio/",
    "io/grpc/",
    "io/micrometer/",
    "io/opentelemetry/",
    "io/opencensus/",
    "io/prometheus/",
    "org/springframework/aop/",
    "org/springframework/asm/",
    "org/springframework/beans/",
    "org/springframework/boot/",
    "org/springframework/cglib/",
    "org/springframework/context/",
    "org/springframework/core/",
    "org/springframework/data/",
    "org/springframework/expression/",
    "org/springframework/http/",
    "org/springframework/jdbc/",
    "org/springframework/orm/",
    "org/springframework/security/",
    "org/springframework/transaction/",
    "org/springframework/util/",
    "org/springframework/validation/",
    "org/springframework/web/",
    "org/hibernate/",
    "org/jboss/logging/",
    "org/yaml/snakeyaml/",
    "org/junit/",
    "org/assertj/",
    "org/mockito/",
    "com/zaxxer/hikari/",
    "org/h2/",
    "org/postgresql/",
    "com/mysql/",
    "org/bouncycastle/",
    "com/intellij/rt/",
    "datadog/",
    "com/newrelic/",
    "com/nr/agent/",
    "com/dynatrace/",
    "com/appdynamics/",
    "com/singularity/",
    "com/contrastsecurity/",
    "co/elastic/apm/",
    "org/glowroot/",
    "com/instana/",
    "org/aspectj/",
    "org/apache/skywalking/apm/agent/",
  };

  private LibraryPackages() {}

  /** Returns whether a class, by its internal name, is in one of these packages. */
  static boolean contains(String internalName) {
    for (String prefix : NEVER_TARGETS) {
      if (internalName.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
