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
import org.junit.jupiter.params.provider.ValueSource;

class SortBufferTest {
  private final SortBuffer buffer = new SortBuffer();
  private final Random random = new Random(1);

  private List<ExternalSort.Entry> entries() throws IOException {
    List<ExternalSort.Entry> entries = new ArrayList<>();
    try (ExternalSort.Cursor cursor = buffer.read()) {
      for (ExternalSort.Entry one = cursor.next(); one != null; one = cursor.next()) {
        entries.add(one);
      }
    }
    return entries;
  }

  /** Returns keys and digests, because assertions about large arrays take long. */
  private static List<String> texts(List<ExternalSort.Entry> entries) {
    return entries.stream()
        .map(one -> Arrays.toString(one.key()) + Arrays.hashCode(one.value()))
        .toList();
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Adds records of a length until they take as many bytes. */
  private void fill(int length, int total) {
    byte[] key = new byte[Integer.BYTES];
    byte[] value = new byte[length - key.length];
    for (int number = 0; buffer.bytes() < total; number++) {
      buffer.add(ByteBuffer.wrap(key).putInt(number).array(), value);
    }
  }

  @Test
  void recordsOfAllSizesComeInTheOrderOfTheirKeys() throws IOException {
    List<ExternalSort.Entry> expected = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      int length = i % 100 == 0 ? random.nextInt(2 * SortBuffer.CHUNK) : random.nextInt(300);
      ExternalSort.Entry one = new ExternalSort.Entry(randomBytes(i % 4), randomBytes(length));
      expected.add(one);
      buffer.add(one.key(), one.value());
    }
    expected.sort(Comparator.comparing(ExternalSort.Entry::key, Arrays::compareUnsigned));

    assertThat(texts(entries())).isEqualTo(texts(expected));

    buffer.add(new byte[0], new byte[0]);
    expected.add(500, new ExternalSort.Entry(new byte[0], new byte[0])); // behind its equals
    assertThat(texts(entries())).as("added later").isEqualTo(texts(expected));
  }

  @Test
  void anEmptyBufferHasNoRecords() throws IOException {
    assertThat(entries()).isEmpty();
    buffer.add(new byte[1], new byte[1]);
    buffer.clear();
    assertThat(entries()).isEmpty();
    assertThat(buffer.bytes()).isZero();
  }

  /** If the buffer kept them, the collector would have to move each of them. */
  @Test
  void noArrayOfACallerIsKept() throws IOException {
    byte[] key = new byte[1];
    byte[] value = new byte[1];
    for (byte number = 9; number >= 0; number--) {
      key[0] = number;
      value[0] = (byte) -number;
      buffer.add(key, value);
    }
    assertThat(entries())
        .extracting(one -> List.of(one.key()[0], one.value()[0]))
        .startsWith(List.of((byte) 0, (byte) 0), List.of((byte) 1, (byte) -1))
        .hasSize(10);
  }

  /** The longest of these lengths have arrays of their own, and just fill the shared ones. */
  @ParameterizedTest
  @ValueSource(ints = {24, 300, 5000, SortBuffer.CHUNK / 16 - 8, SortBuffer.CHUNK / 16, 1 << 20})
  void littleMoreIsAllocatedThanTheRecordsTake(int length) {
    fill(length, 20 << 20);
    assertThat(buffer.allocated()).isLessThan(buffer.bytes() * 17 / 16 + SortBuffer.CHUNK + 1024);
  }

  @Test
  void theSameArraysTakeTheNextRecords() {
    fill(100, 4 << 20);
    long allocated = buffer.allocated();
    for (int round = 0; round < 10; round++) {
      buffer.clear();
      fill(100, 4 << 20);
      assertThat(buffer.allocated()).isEqualTo(allocated);
    }
  }

  @Test
  void arraysOfLargeRecordsAreGivenUp() {
    buffer.add(new byte[1], new byte[10 << 20]);
    assertThat(buffer.allocated()).isGreaterThan(10 << 20);
    buffer.clear();
    assertThat(buffer.allocated()).isLessThan(1024);
  }
}
