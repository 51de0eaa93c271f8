package io.metricsagent.instrumentations.rules.weaving.classfile;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;

/** Where the instructions of a method have moved to. Not thread-safe. */
final class Moves {
  /** The new places plus one; 0 where no instruction begins. */
  private final int[] moved;

  private final List<Label> labels = new ArrayList<>();
  private final List<Integer> labelled = new ArrayList<>();

  Moves(int codeLength) {
    moved = new int[codeLength + 1];
  }

  void move(int from, int to) {
    moved[from] = to + 1;
  }

  /** Returns the new place of an instruction, or of the code's end. */
  int to(int from) {
    int to = from < 0 || from >= moved.length ? 0 : moved[from];
    if (to == 0) {
      throw new Unpatchable("no instruction begins at " + from);
    }
    return to - 1;
  }

  /** Returns a label for a place that may move later. */
  Label label(int from) {
    Label label = new Label();
    labels.add(label);
    labelled.add(from);
    return label;
  }

  /** Binds the labels: now all places are known. */
  void bindLabels() {
    for (int i = 0; i < labels.size(); i++) {
      CodeWriter.bind(labels.get(i), to(labelled.get(i)));
    }
  }
}
