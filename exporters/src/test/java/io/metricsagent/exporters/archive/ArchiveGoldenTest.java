package io.metricsagent.exporters.archive;

import io.metricsagent.bootstrap.snapshot.MetricsSnapshot;
import io.metricsagent.exporters.testing.Golden;
import io.metricsagent.exporters.testing.GoldenSnapshots;
import io.metricsagent.exporters.testing.SampleRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the archive, byte by byte. */
class ArchiveGoldenTest {
  private final GoldenSnapshots snapshots = GoldenSnapshots.make();

  @Test
  void aSnapshotAsJson() throws Exception {
    Golden.isOrBecomesText("first.json", SnapshotJson.toBytes(snapshots.first()));
    Golden.isOrBecomesText("second.json", SnapshotJson.toBytes(snapshots.second()));
  }

  @Test
  void anEmptySnapshotAsJson() throws Exception {
    Golden.isOrBecomesText("empty.json", SnapshotJson.toBytes(new SampleRegistry().snapshot()));
  }

  @Test
  void whatIsLeftOfASnapshotAfterAnotherAsJson() throws Exception {
    MetricsSnapshot between = snapshots.second().minus(snapshots.first());
    Golden.isOrBecomesText("between.json", SnapshotJson.toBytes(between));
  }

  @Test
  void theSumOfTwoWorkersAsJson() throws Exception {
    MetricsSnapshot other = GoldenSnapshots.make("worker-2").first();
    Golden.isOrBecomesText("sum.json", SnapshotJson.toBytes(snapshots.second().plus(other)));
  }

  @Test
  void mergedFilesOfTwoWorkers() throws Exception {
    MetricsSnapshot other = GoldenSnapshots.make("worker-2").first();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a.json", SnapshotJson.toBytes(snapshots.second()));
    files.put("b.json", SnapshotJson.toBytes(other));
    Golden.isOrBecomesText("merged.json", SnapshotMerge.merge(files));
  }

  @Test
  void anIntervalLogOfTwoFlushes(@TempDir Path temp) throws Exception {
    ArchiveFolder folder = new ArchiveFolder(temp);
    folder.prepare();
    IntervalLog log = new IntervalLog(folder, new ArchiveNames(':'), IntervalLog.MAX_BYTES);
    log.append(snapshots.first());
    log.append(snapshots.second());
    // A date for people, in the time zone of the machine.
    String text =
        Files.readString(log.file()).replaceAll("\\(seconds since epoch\\), [^]]*]", "(…)]");
    Golden.isOrBecomes("intervals.hlog", text);
  }
}
