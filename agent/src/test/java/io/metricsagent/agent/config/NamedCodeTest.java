package io.metricsagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages for engineers name classes, members and tests that exist. */
class NamedCodeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** A class, in a folder or not, and a member or not: {@code kafka/PartitionState.begin}. */
  private static final Pattern CLASS =
      Pattern.compile("(?:[a-z…/]*/)?([A-Z]\\w*[a-z]\\w*)(?:\\.([a-z]\\w*))?");

  private static final Pattern METHOD = Pattern.compile("[a-z]+[A-Z]\\w*");
  private static final Pattern SUPER_CLASS = Pattern.compile("\\sextends (\\w+)");

  /** The text of each source file by the name of its class. */
  private static final Map<String, String> SOURCES = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            return name.equals("target") || name.startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
              String type = name.substring(0, name.length() - ".java".length());
              SOURCES.merge(type, Files.readString(file), String::concat);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Returns whether a class or one that it extends has a member. */
  private static boolean hasMember(String type, String member) {
    String source = SOURCES.get(type);
    if (source == null) {
      return false;
    }
    Matcher superClass = SUPER_CLASS.matcher(source);
    return hasWord(source, member)
        || (superClass.find()
            && !superClass.group(1).equals(type)
            && hasMember(superClass.group(1), member));
  }

  private static boolean hasWord(String source, String word) {
    return Pattern.compile("\\b" + word + "\\b").matcher(source).find();
  }

  private static Stream<String> codeIn(String text) {
    return CODE.matcher(text).results().map(code -> code.group(1));
  }

  private static void check(String code, String place, List<String> missing) {
    Matcher named = CLASS.matcher(code);
    if (named.matches()) {
      String member = named.group(2);
      boolean exists =
          member == null ? SOURCES.containsKey(named.group(1)) : hasMember(named.group(1), member);
      if (!exists) {
        missing.add(code + " in " + place);
      }
    } else if (METHOD.matcher(code).matches()
        && SOURCES.values().stream().noneMatch(source -> hasWord(source, code))) {
      missing.add(code + " in " + place);
    }
  }

  /** The first column tells the trap, with names of other people's code. */
  @Test
  void guardsAndTestsOfTrapsExist() throws IOException {
    List<String> missing = new ArrayList<>();
    int rows = 0;
    for (String line : Files.readAllLines(ROOT.resolve("integration-tests/TRAPS.md"))) {
      String[] cells = line.split(" \\| ");
      if (line.startsWith("| ") && cells.length == 3) {
        rows++;
        codeIn(cells[1] + cells[2]).forEach(code -> check(code, cells[0], missing));
      }
    }

    assertThat(missing).isEmpty();
    assertThat(rows).isGreaterThan(100);
  }

  @Test
  void testsThatTheArchitectureNamesExist() throws IOException {
    Path page = ROOT.resolve("agent/ARCHITECTURE.md");
    List<String> tests =
        Pattern.compile("`(\\w+(?:Test|IT))`")
            .matcher(Files.readString(page))
            .results()
            .map(test -> test.group(1))
            .toList();

    assertThat(tests).isNotEmpty().allMatch(SOURCES::containsKey);
  }
}
