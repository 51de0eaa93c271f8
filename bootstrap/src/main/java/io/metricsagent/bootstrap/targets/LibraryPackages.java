package io.metricsagent.bootstrap.targets;

import java.util.Arrays;

/**
 * Packages whose classes are never subtypes of a target, so that their class files need not be
 * read: packages of the JDK, of languages, of widely used libraries and of other agents, and
 * packages with messages, options and events of the measured libraries.
 *
 * <p>Names are internal, with slashes. If a package also has a target, the list has the beginnings
 * of the names of the package's other classes. If a class in a listed package implements a target
 * interface, it is not measured. A package that is missing in the list slows the start down,
 * because the class files of its types are read if their loader sees a target.
 */
final class LibraryPackages {
  /**
   * Sorted, and no entry is a prefix of another, so the only candidate for a name is the entry just
   * before it.
   *
   * <p>The names of libraries that the agent's jar contains, too, are put together at run time,
   * because the build would write the agent's own names for their packages into a constant.
   */
  static final String[] NEVER_TARGETS = {
    "cglib/",
    "ch/qos/logback/",
    "clojure/",
    "co/elastic/apm/",
    "com/anthropic/errors/",
    "com/anthropic/models/",
    "com/anthropic/services/",
    "com/appdynamics/",
    "com/contrastsecurity/",
    "com/dynatrace/",
    "com/fasterxml/",
    "com/google/common/",
    "com/google/genai/types/",
    "com/google/gson/",
    "com/google/protobuf/",
    "com/instana/",
    "com/intellij/rt/",
    "com/mysql/",
    "com/newrelic/",
    "com/nr/agent/",
    "com/openai/errors/",
    "com/openai/models/",
    "com/openai/services/",
    "com/singularity/",
    "com/sun/",
    "com/zaxxer/hikari/",
    "datadog/",
    "dev/langchain4j/data/",
    "dev/langchain4j/exception/",
    "dev/langchain4j/guardrail/",
    "dev/langchain4j/internal/",
    "dev/langchain4j/invocation/",
    "dev/langchain4j/memory/",
    "dev/langchain4j/model/chat/listener/",
    "dev/langchain4j/model/chat/request/",
    "dev/langchain4j/model/chat/response/ChatResponse",
    "dev/langchain4j/model/input/",
    "dev/langchain4j/model/openai/internal/",
    "dev/langchain4j/model/output/",
    "dev/langchain4j/observability/",
    "dev/langchain4j/rag/",
    "dev/langchain4j/service/guardrail/",
    "dev/langchain4j/service/output/",
    "dev/langchain4j/service/tool/ToolServiceContext",
    "dev/langchain4j/spi/",
    "dev/langchain4j/store/",
    "groovy/",
    "io/grpc/",
    "io/metricsagent/bootstrap/",
    "io/micrometer/",
    "io/modelcontextprotocol/",
    "io/netty/",
    "io/opencensus/",
    "io/".concat("opentelemetry/"),
    "io/prometheus/",
    "io/reactivex/",
    "io/undertow/",
    "io/vertx/core/",
    "java/",
    "javassist/",
    "javax/annotation/",
    "javax/inject/",
    "javax/persistence/",
    "javax/servlet/",
    "javax/validation/",
    "javax/xml/",
    "jdk/",
    "kotlin/",
    "kotlinx/",
    "net/".concat("bytebuddy/"),
    "okhttp3/",
    "okio/",
    "org/apache/catalina/",
    "org/apache/commons/",
    "org/apache/coyote/",
    "org/apache/el/",
    "org/".concat("apache/hc/"),
    "org/apache/http/",
    "org/apache/logging/",
    "org/apache/skywalking/apm/agent/",
    "org/apache/tomcat/",
    "org/aspectj/",
    "org/assertj/",
    "org/bouncycastle/",
    "org/eclipse/jetty/",
    "org/glowroot/",
    "org/h2/",
    "org/hibernate/",
    "org/jboss/logging/",
    "org/junit/",
    "org/mockito/",
    "org/objectweb/asm/",
    "org/postgresql/",
    "org/reactivestreams/",
    "org/slf4j/",
    "org/springframework/ai/chat/memory/",
    "org/springframework/ai/chat/messages/",
    "org/springframework/ai/chat/metadata/",
    "org/springframework/ai/chat/observation/",
    "org/springframework/ai/chat/prompt/",
    "org/springframework/ai/content/",
    "org/springframework/ai/converter/",
    "org/springframework/ai/document/",
    "org/springframework/ai/retry/",
    "org/springframework/ai/template/",
    "org/springframework/ai/util/",
    "org/springframework/ai/vectorstore/",
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
    "org/yaml/snakeyaml/",
    "reactor/",
    "rx/",
    "scala/",
    "software/amazon/awssdk/",
    "sun/",
    "tools/".concat("jackson/"),
  };

  /** The entry that was found last. Most classes come from the same package as the one before. */
  private static volatile String last = NEVER_TARGETS[0];

  private LibraryPackages() {}

  /** Returns whether a class, by its internal name, is in one of these packages. */
  static boolean contains(String internalName) {
    if (internalName.startsWith(last)) {
      return true;
    }
    int at = Arrays.binarySearch(NEVER_TARGETS, internalName);
    int before = at >= 0 ? at : -at - 2;
    if (before < 0 || !internalName.startsWith(NEVER_TARGETS[before])) {
      return false;
    }
    last = NEVER_TARGETS[before];
    return true;
  }
}
