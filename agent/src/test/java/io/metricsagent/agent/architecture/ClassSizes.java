package io.metricsagent.agent.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds source files and classes that have outgrown what a reader takes in at once, unless a
 * comment gives the reason: a sentence with {@value #LONG} or {@value #WIDE}.
 */
final class ClassSizes {
  static final int MAX_LINES = 300;
  static final int MAX_FIELDS = 12;
  static final String LONG = "is long because";
  static final String WIDE = "has many fields because";

  private ClassSizes() {}

  /** Returns the Java sources below a folder. */
  static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Returns a line for each source file and each class that is too large. */
  static List<String> tooLarge(List<Path> sources) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      if (lines.size() > MAX_LINES && !says(String.join("\n", lines), LONG)) {
        found.add(source.getFileName() + " has " + lines.size() + " lines");
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      JavacTask task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Fields(docs, found).scan(unit, null);
      }
    }
    return found;
  }

  /** Returns whether a text has a phrase, in whatever lines of a comment it is. */
  private static boolean says(String text, String phrase) {
    return text != null && text.replaceAll("\\s+(\\*|//)?\\s*", " ").contains(phrase);
  }

  /** Counts the fields of instances, class by class; the components of a record are such fields. */
  private static final class Fields extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> found;

    Fields(DocTrees docs, List<String> found) {
      this.docs = docs;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      long fields = type.getMembers().stream().filter(Fields::isOfInstances).count();
      if (fields > MAX_FIELDS && !says(docs.getDocComment(getCurrentPath()), WIDE)) {
        found.add(type.getSimpleName() + " has " + fields + " fields");
      }
      return super.visitClass(type, unused);
    }

    private static boolean isOfInstances(Tree member) {
      return member instanceof VariableTree field
          && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }
  }
}
