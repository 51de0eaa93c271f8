package io.metricsagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OwnerFilesTest {
  @TempDir private Path folder;

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void onlyTheOwnerMayReadWhatWasMade() throws IOException {
    Path file = folder.resolve("a/b/file");
    assertThat(OwnerFiles.make(file.toFile())).isTrue();

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatExistsStaysAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(OwnerFiles.make(file.toFile())).isFalse();

    assertThat(mode(file)).isEqualTo("rw-r--r--");
    assertThat(file).hasContent("x");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> OwnerFiles.make(file.resolve("folder/file").toFile()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
