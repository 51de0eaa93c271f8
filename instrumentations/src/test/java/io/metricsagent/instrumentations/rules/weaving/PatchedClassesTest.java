package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.PassedArguments;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.weaving.classfile.ClassFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/**
 * A patched class has the code that Byte Buddy's ASM would have written: both ways are tried with
 * every method of some thousand classes, each woven by two sites.
 */
class PatchedClassesTest {
  private int compared;
  private int methods;

  @Test
  void thePublicPackagesOfTheJdkAreWovenAlike() throws IOException {
    FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
    compareAll(jdk.getPath("/modules/java.base/java"));

    assertThat(compared).isGreaterThan(1_000);
    assertThat(methods).isGreaterThan(10_000);
  }

  @Test
  void aLibraryIsWovenAlike() throws IOException {
    URI file = URI.create(ByteBuddy.class.getResource("ByteBuddy.class").toString().split("!")[0]);
    try (FileSystem jar =
        FileSystems.newFileSystem(URI.create(file.toString()), java.util.Map.of())) {
      compareAll(jar.getPath("/net"));
    }

    assertThat(compared).isGreaterThan(1_000);
    assertThat(methods).isGreaterThan(10_000);
  }

  private void compareAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".class") && !file.toString().contains("-info")) {
          compare(Files.readAllBytes(file));
        }
      }
    }
  }

  /** Weaves every method but the constructors, of which a patch makes none. */
  private void compare(byte[] original) {
    MethodTarget[] all = methodsOf(original);
    ClassFile file = new ClassFile(original);
    SiteTable table = new SiteTable(List.of());
    String name = file.className().replace('/', '.');
    table.add(
        Weaving.module(
            () -> null,
            Rule.forClass(name, all).passing(PassedArguments.ARRAY).following(),
            Rule.forClass(name, all).boxingPrimitives().replacingResult().replacingArgument(0)));
    List<Site> sites = table.sites();
    DeclaredMethods declared = DeclaredMethods.of(file, sites);
    if (declared.woven().isEmpty()) {
      return;
    }
    byte[] patched = new Insertions(file, original, sites, declared).patch();
    Insertions again = new Insertions(file, original, sites, declared);
    assertThat(patched).as(name).isNotNull();
    assertThat(Listing.of(patched))
        .as(name)
        .isEqualTo(Listing.of(ClassRewriter.rewrite(original, again, declared)));
    compared++;
    methods += declared.woven().size();
  }

  private static MethodTarget[] methodsOf(byte[] classFile) {
    Set<MethodTarget> all = new LinkedHashSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String sig, String[] exceptions) {
                if (name.charAt(0) != '<') {
                  all.add(new MethodTarget(name, descriptor));
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return all.toArray(new MethodTarget[0]);
  }
}
