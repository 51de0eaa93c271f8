package io.metricsagent.exporters.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;

/** HdrHistogram reads our payloads, and what it writes itself is the same but for compression. */
class HdrPayloadTest {
  private static final long HIGHEST = 1L << 46;

  private static ByteBuffer plain(Histogram histogram) {
    ByteBuffer plain = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    histogram.encodeIntoByteBuffer(plain);
    return plain.flip();
  }

  private static void assertSameAsTheLibrary(int digits, List<Long> values, long times)
      throws Exception {
    HdrPayload payload = new HdrPayload(digits, HIGHEST);
    payload.begin();
    payload.add(1, 1); // of another histogram, and gone with it
    payload.begin();
    Histogram expected = new Histogram(1, HIGHEST, digits);
    for (long value : values.stream().sorted().toList()) {
      payload.add(value, times);
      expected.recordValueWithCount(value, times);
    }
    assertThat(payload.highestEquivalent()).isEqualTo(expected.getMaxValue());
    Histogram read =
        Histogram.decodeFromCompressedByteBuffer(
            ByteBuffer.wrap(Base64.getDecoder().decode(payload.end())), 0);
    assertThat(read).isEqualTo(expected);
    assertThat(plain(read)).isEqualTo(plain(expected));
  }

  @Property(tries = 300)
  void isWhatTheLibraryWrites(
      @ForAll @IntRange(min = 1, max = 3) int digits,
      @ForAll @Size(max = 200) List<@LongRange(min = 0, max = HIGHEST) Long> values,
      @ForAll @LongRange(min = 1, max = 1L << 52) long times)
      throws Exception {
    assertSameAsTheLibrary(digits, values, times);
  }

  @Example
  void neighboursAndNothingAreToo() throws Exception {
    assertSameAsTheLibrary(2, List.of(), 1);
    assertSameAsTheLibrary(2, List.of(0L), 1);
    assertSameAsTheLibrary(2, List.of(0L, 1L, 2L, 4L, 7L, 255L, 256L, 257L, 258L), 200);
  }
}
