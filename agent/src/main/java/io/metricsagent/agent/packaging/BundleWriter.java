package io.metricsagent.agent.packaging;

import io.metricsagent.bootstrap.loading.Bundle;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Adds all but the entry class to the agent's jar, as {@link Bundle}s right after the manifest. The
 * build runs it when it makes the jar. Equal input yields equal bytes.
 */
public final class BundleWriter {
  /** The classes that each start needs, those that woven code refers to among them. */
  private static final List<String> LAUNCHER = List.of("io/metricsagent/bootstrap/", "java/lang/");

  /** The classes that weaving the first class needs. */
  private static final List<String> START =
      List.of(
          "io/metricsagent/agent/config/",
          "io/metricsagent/agent/flush/",
          "io/metricsagent/agent/start/",
          "io/metricsagent/agent/version.properties",
          "io/metricsagent/instrumentations/",
          "io/metricsagent/shaded/bytebuddy/");

  private BundleWriter() {}

  /**
   * Rewrites the jar.
   *
   * @param args the agent's jar with the entry class, and the jar with everything else
   */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Path bundled = Path.of(args[0] + ".bundled");
    try (ZipFile visible = new ZipFile(jar.toFile());
        ZipFile hidden = new ZipFile(args[1]);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bundled))) {
      Map<String, byte[]> entries = files(visible);
      Map<String, byte[]> launcher = new TreeMap<>();
      Map<String, byte[]> start = new TreeMap<>();
      Map<String, byte[]> rest = new TreeMap<>();
      files(hidden)
          .forEach(
              (name, bytes) -> {
                if (LAUNCHER.stream().anyMatch(name::startsWith)) {
                  launcher.put(name, bytes);
                } else if (START.stream().anyMatch(name::startsWith)) {
                  start.put(name, bytes);
                } else if (name.startsWith("META-INF/") && !name.startsWith("META-INF/services/")) {
                  entries.put("inst/" + name, bytes); // licences stay readable, for people
                } else {
                  rest.put(name, bytes);
                }
              });
      long time = visible.getEntry(JarFile.MANIFEST_NAME).getTime();
      store(out, JarFile.MANIFEST_NAME, time, entries.remove(JarFile.MANIFEST_NAME));
      store(out, Bundle.LAUNCHER, time, bundle(launcher, false));
      store(out, Bundle.START, time, bundle(start, false));
      store(out, Bundle.REST, time, bundle(rest, true));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry copy = new ZipEntry(entry.getKey());
        copy.setTime(time);
        out.putNextEntry(copy);
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    Files.move(bundled, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Map<String, byte[]> files(ZipFile zip) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
      files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
    }
    return files;
  }

  private static void store(ZipOutputStream out, String name, long time, byte[] bytes)
      throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(time);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] bundle(Map<String, byte[]> files, boolean deflated) throws IOException {
    Map<String, String> byName = new TreeMap<>();
    files.keySet().forEach(file -> byName.put(Bundle.nameOf(file), file));
    List<String> names = new ArrayList<>(byName.keySet());
    names.sort(Comparator.comparingInt(String::hashCode).thenComparing(Function.identity()));
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    DataOutputStream table = new DataOutputStream(bundle);
    table.writeInt(names.size());
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    for (String name : names) {
      byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
      String file = byName.get(name);
      byte[] bytes = files.get(file);
      if (file.endsWith(".class")) {
        bytes = VariableNames.removedFrom(bytes);
      }
      byte[] shorter = deflated ? deflate(bytes) : bytes;
      byte[] stored = shorter.length < bytes.length ? shorter : bytes;
      for (int number :
          new int[] {
            name.hashCode(), contents.size(), nameBytes.length, stored.length, bytes.length
          }) {
        table.writeInt(number);
      }
      contents.write(nameBytes);
      contents.write(stored);
    }
    contents.writeTo(bundle);
    return bundle.toByteArray();
  }

  private static byte[] deflate(byte[] bytes) throws IOException {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      out.write(bytes);
    } finally {
      deflater.end();
    }
    return deflated.toByteArray();
  }
}
