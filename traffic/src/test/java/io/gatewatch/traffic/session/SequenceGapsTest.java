package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compared with a set of single numbers, anywhere in the 32-bit space. */
class SequenceGapsTest {
    private static final int SPACE = 400;

    @Test
    void shouldAgreeWithASetOfNumbers() {
        long seed = System.nanoTime();
        System.out.println("SequenceGapsTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            int base = random.nextInt();
            SequenceGaps gaps = new SequenceGaps();
            BitSet missing = new BitSet();
            int top = 0;
            for (int step = 0; step < 40; step++) {
                if (random.nextInt(3) == 0 && gaps.count() < SequenceGaps.MAX_GAPS && top < SPACE) {
                    int from = top + 1 + random.nextInt(5);
                    int to = from + 1 + random.nextInt(20);
                    assertThat(gaps.addHighest(base + from, base + to)).isZero();
                    missing.set(from, to);
                    top = to;
                } else if (gaps.count() < SequenceGaps.MAX_GAPS) {
                    int from = random.nextInt(SPACE);
                    int to = from + 1 + random.nextInt(30);
                    int expected = missing.get(from, to).cardinality();
                    missing.clear(from, to);
                    assertThat(gaps.fill(base + from, base + to))
                            .as("seed %d", seed)
                            .isEqualTo(expected);
                }
                int limit = random.nextInt(SPACE + 50);
                assertThat(gaps.bytesBelow(base + limit))
                        .as("seed %d", seed)
                        .isEqualTo(missing.get(0, limit).cardinality());
            }
        }
    }

    @Test
    void shouldGiveUpTheLowestGapWhenFull() {
        SequenceGaps gaps = full();
        assertThat(gaps.addHighest(10_000, 10_001)).isEqualTo(10);
        assertThat(gaps.count()).isEqualTo(SequenceGaps.MAX_GAPS);
        assertThat(gaps.start(0)).isEqualTo(100);
    }

    @Test
    void shouldGiveUpTheLowerPartWhenAFullListIsSplit() {
        SequenceGaps gaps = full();
        long result = gaps.fill(103, 105);
        assertThat((int) result).isEqualTo(2);
        assertThat(result >>> 32).isEqualTo(3);
        assertThat(gaps.start(1)).isEqualTo(105);
    }

    @Test
    void shouldTakeNoLowerGapWhenFull() {
        SequenceGaps gaps = full();
        assertThat(gaps.addLowest(-7, 0)).isEqualTo(7);
        assertThat(gaps.start(0)).isZero();
    }

    private static SequenceGaps full() {
        SequenceGaps gaps = new SequenceGaps();
        for (int i = 0; i < SequenceGaps.MAX_GAPS; i++) {
            gaps.addHighest(i * 100, i * 100 + 10);
        }
        return gaps;
    }
}
