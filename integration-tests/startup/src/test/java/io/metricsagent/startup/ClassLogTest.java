package io.metricsagent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassLogTest {
  /** Lines of JDK 17 and 25, with an archive of the JDK, of AppCDS and an AOT cache. */
  @Test
  void countsTheClassesFromEachKindOfArchive() {
    ClassLog log =
        ClassLog.of(
            List.of(
                "[0.012s][info][class,load] java.lang.Object source: shared objects file",
                "[0.201s][info][class,load] com.example.A source: shared objects file (top)",
                "[0.202s][info][class,load] com.example.B source: file:/opt/app.jar",
                "[0.203s][info][class,load] java.util.Sample source: jrt:/java.base",
                "[0.204s][info][class,load] com.example.C source: __JVM_DefineClass__",
                "[0.205s][info][class,load] com.example.A$$Lambda/0x01 source: com.example.A",
                "[0.206s][info][class,load] com.example.D$$Lambda/0x02 source: "
                    + "shared objects file (top)"));

    assertThat(log).isEqualTo(new ClassLog(7, 3));
    assertThat(log.text()).isEqualTo("3 of 7");
  }

  @Test
  void leavesOutLinesThatNameNoSource() {
    assertThat(ClassLog.of(List.of("", "[0.1s][warning][cds] shared objects file is missing")))
        .isEqualTo(new ClassLog(0, 0));
  }
}
