package io.metricsagent.instrumentations.rules.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.instrumentations.rules.MethodTarget;
import io.metricsagent.instrumentations.rules.PassedArguments;
import io.metricsagent.instrumentations.rules.Rule;
import io.metricsagent.instrumentations.rules.Site;
import io.metricsagent.instrumentations.rules.SiteTable;
import io.metricsagent.instrumentations.rules.weaving.classfile.ClassFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/**
 * A patched class has the code that Byte Buddy's ASM would have written: both ways are tried with
 * every method of some thousand classes, each woven by two sites.
 */
class PatchedClassesTest {
  private static final int LINE = 0x7A7B;

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
    try (FileSystem jar = FileSystems.newFileSystem(URI.create(file.toString()), Map.of())) {
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
    MethodTarget[] all = Weaving.methodsOf(original, false);
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

  /** The method's only jump reaches its target by three bytes, until something is woven between. */
  @Test
  void aJumpThatWouldReachTooFarIsLaidOutAnew() throws ReflectiveOperationException {
    assertThat(isPatched(jumpingOver(100))).isTrue();
    assertThat(isPatched(jumpingOver(32_760))).isFalse();
  }

  /** The JVM checks of such a table only that its places are within the code. */
  @Test
  void aTableThatNamesNoInstructionIsLaidOutAnew() throws ReflectiveOperationException {
    byte[] original = jumpingOver(100);
    int line = 0;
    while (original[line] != (byte) (LINE >> 8) || original[line + 1] != (byte) LINE) {
      line++;
    }
    original[line - 1] = 2; // within the jump, which begins at 1
    assertThat(isPatched(original)).isFalse();
  }

  /** Returns whether a class is patched, after trying that it is woven and works. */
  private static boolean isPatched(byte[] original) throws ReflectiveOperationException {
    ClassFile file = new ClassFile(original);
    SiteTable table = new SiteTable(List.of());
    table.add(Weaving.module(() -> null, Rule.forClass("Far", MethodTarget.named("isZero"))));
    List<Site> sites = table.sites();
    ClassLoader loader = PatchedClassesTest.class.getClassLoader();
    byte[] woven = Weaver.weave(loader, "Far", original, sites, Weaving.telemetry());
    Method isZero =
        new ClassLoader(loader) {
          Class<?> define() {
            return defineClass("Far", woven, 0, woven.length);
          }
        }.define().getMethod("isZero", int.class);

    assertThat(woven).hasSizeGreaterThan(original.length);
    assertThat(isZero.invoke(null, 0)).isEqualTo(true);
    assertThat(isZero.invoke(null, 1)).isEqualTo(false);
    DeclaredMethods declared = DeclaredMethods.of(file, sites);
    return new Insertions(file, null, sites, declared).patch() != null;
  }

  private static byte[] jumpingOver(int bytes) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Far", null, "java/lang/Object", null);
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "isZero", "(I)Z", null, null);
    Label zero = new Label();
    code.visitCode();
    Label begin = new Label();
    code.visitLabel(begin);
    code.visitLineNumber(LINE, begin);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitJumpInsn(Opcodes.IFEQ, zero);
    for (int i = 0; i < bytes; i++) {
      code.visitInsn(Opcodes.NOP);
    }
    code.visitInsn(Opcodes.ICONST_0);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(zero);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitInsn(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(1, 1);
    code.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
