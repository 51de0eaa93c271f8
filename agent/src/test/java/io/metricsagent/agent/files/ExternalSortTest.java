package io.metricsagent.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalSortTest {
  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /** The last limit makes a file of some records, and so several size classes of files. */
  @ParameterizedTest
  @CsvSource({"1000000, false", "100000, true", "300, true"})
  void recordsComeInTheOrderOfTheirKeysAndEqualOnesAsTheyWereAdded(long limit, boolean files)
      throws IOException {
    Random random = new Random(1);
    List<byte[]> keys = new ArrayList<>();
    try (ExternalSort sort = new ExternalSort(limit)) {
      for (int i = 0; i < 5000; i++) {
        byte[] key = new byte[random.nextInt(3)];
        random.nextBytes(key);
        keys.add(key);
        sort.add(key, bytes(i));
      }
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        expected.add(i);
      }
      expected.sort(Comparator.comparing(keys::get, Arrays::compareUnsigned));

      assertThat(sort.isSpilled()).isEqualTo(files);
      assertThat(values(sort)).isEqualTo(expected);
      assertThat(values(sort)).as("read again").isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000000", "3000"})
  void severalReadersDoNotDisturbEachOther(long limit) throws IOException {
    try (ExternalSort sort = new ExternalSort(limit)) {
      for (int i = 0; i < 100; i++) {
        sort.add(bytes(i), bytes(i));
      }
      try (ExternalSort.Cursor slow = sort.read()) {
        assertThat(slow.next().value()).isEqualTo(bytes(0));
        assertThat(values(sort)).hasSize(100);
        assertThat(slow.next().value()).isEqualTo(bytes(1));
      }
    }
  }

  /** Each time the memory is full, the same arrays take the next records. */
  @Test
  void theMemoryOfTheRecordsDoesNotGrowWithTheirNumber() throws IOException {
    byte[] value = new byte[100];
    try (ExternalSort sort = new ExternalSort(1 << 20)) {
      long most = 0;
      for (int i = 0; i < 100_000; i++) {
        sort.add(bytes(i), value);
        most = Math.max(most, sort.allocated());
      }
      assertThat(sort.isSpilled()).isTrue();
      assertThat(most).isLessThan((1 << 20) + 2 * SortBuffer.CHUNK);
      assertThat(sort.allocated()).as("not made anew").isEqualTo(most);
      sort.close();
      assertThat(sort.allocated()).as("closed").isLessThan(1024);
    }
  }

  private static List<Integer> values(ExternalSort sort) throws IOException {
    List<Integer> values = new ArrayList<>();
    try (ExternalSort.Cursor cursor = sort.read()) {
      for (ExternalSort.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        values.add(ByteBuffer.wrap(entry.value()).getInt());
      }
    }
    return values;
  }
}
