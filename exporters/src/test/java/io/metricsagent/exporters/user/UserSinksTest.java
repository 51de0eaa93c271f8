package io.metricsagent.exporters.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.metricsagent.bootstrap.sink.MetricsSink;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink in a jar of its own, compiled here as a user would. */
class UserSinksTest {
  /** Like the example on the page of exporters, but it appends its lines to a file. */
  private static final String SINK =
      """
      package com.acme;

      import io.metricsagent.bootstrap.sink.MetricsSink;
      import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.CompletionStage;

      public final class LineSink implements MetricsSink {
        @Override
        public String name() {
          return "acme-lines";
        }

        @Override
        public CompletionStage<?> export(MetricsSnapshot snapshot) throws Exception {
          for (var tool : snapshot.tools()) {
            Files.writeString(
                Path.of(System.getProperty("acme.file")),
                tool.toolName() + " " + tool.callCount() + "\\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
          }
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}

        public static String visible(String type) {
          try {
            return Class.forName(type).getName();
          } catch (ClassNotFoundException e) {
            return "not seen";
          }
        }
      }
      """;

  @TempDir private Path folder;

  private Path jar(String service) throws Exception {
    Path source = Files.createDirectories(folder.resolve("src")).resolve("LineSink.java");
    Files.writeString(source, SINK);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path bootstrap =
        Path.of(MetricsSink.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                bootstrap.toString(),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(result).isZero();
    Path jar = Files.createDirectories(folder.resolve("jars")).resolve("line-sink.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> found = Files.walk(classes)) {
      for (Path type : found.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(type).toString().replace(File.separatorChar, '/');
        entry(out, name, Files.readAllBytes(type));
      }
      entry(
          out,
          "META-INF/services/" + MetricsSink.class.getName(),
          service.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static void entry(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  @Test
  void aSinkInAJarExportsAndSeesNothingOfOurs() throws Exception {
    Path lines = folder.resolve("lines");
    System.setProperty("acme.file", lines.toString());
    List<List<MetricsSink>> found = new ArrayList<>();
    found.add(UserSinks.load(jar("com.acme.LineSink").toString()));
    found.add(UserSinks.load(folder.resolve("jars").toString()));
    for (List<MetricsSink> sinks : found) {
      assertThat(sinks).hasSize(1);
      MetricsSink sink = sinks.get(0);
      assertThat(sink.name()).isEqualTo("acme-lines");
      sink.export(new SampleRegistry().recordEverything().snapshot());
      var visible = sink.getClass().getMethod("visible", String.class);
      assertThat(visible.invoke(null, "org.HdrHistogram.Histogram")).isEqualTo("not seen");
      assertThat(visible.invoke(null, UserSinks.class.getName())).isEqualTo("not seen");
      assertThat(visible.invoke(null, "java.sql.Driver")).isEqualTo("java.sql.Driver");
    }
    assertThat(Files.readAllLines(lines)).containsExactly("read_file 3", "read_file 3");
  }

  @Test
  void whatIsNoSinkIsLeftOut() throws Exception {
    assertThat(UserSinks.load(jar("com.acme.Missing\ncom.acme.LineSink").toString())).hasSize(1);
    assertThat(UserSinks.load(jar("com.acme.Missing").toString())).isEmpty();
    assertThat(UserSinks.load(folder.resolve("none.jar").toString())).isEmpty();
  }

  @Test
  void whatIsNoJarIsNamed() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThat(UserSinks.load(empty + File.pathSeparator + text)).isEmpty();
    } finally {
      System.setErr(err);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.contains("no jar is in the folder " + empty))
        .anyMatch(line -> line.contains(text + " is not a jar"));
  }
}
