package io.metricsagent.agent.rollups.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupExpiryTest {
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @TempDir private Path folder;

  private RollupExpiry expiry(int maxFiles, int maxDays) {
    return new RollupExpiry(
        new RollupOptions(
            folder.toFile(),
            "w",
            null,
            60_000,
            3,
            1,
            List.of(),
            false,
            maxFiles,
            Duration.ofDays(maxDays)));
  }

  private File file(int daysAgo) throws IOException {
    return Files.createFile(folder.resolve(today.minusDays(daysAgo) + "_w.jsonl")).toFile();
  }

  @Test
  void filesThatAreTooOldGoAndTheNewOneStays() throws IOException {
    File old = file(40);
    File recent = file(10);
    File made = file(0);
    expiry(100, 30).apply(made);

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
    assertThat(made).exists();
  }

  @Test
  void ofTooManyFilesTheOldestGo() throws IOException {
    File oldest = file(3);
    File older = file(2);
    File made = file(0);
    expiry(2, 30).apply(made);

    assertThat(oldest).doesNotExist();
    assertThat(older).exists();
    assertThat(made).exists();
  }

  @Test
  void aFolderThatCannotBeReadIsNoFailure() {
    RollupExpiry expiry = expiry(2, 30);

    assertThatCode(() -> expiry.apply(new File(folder.toFile(), "missing/2024-01-15_w.jsonl")))
        .doesNotThrowAnyException();
    assertThatCode(() -> expiry.apply(new File("no\0path/2024-01-15_w.jsonl")))
        .doesNotThrowAnyException();
  }
}
