package io.gatewatch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FuzzBytesTest {
    private static final byte[] ORIGINAL = new byte[40];

    @Test
    void shouldRepeatWhatASeedGave() {
        FuzzBytes once = FuzzBytes.ofSeed(7);
        FuzzBytes again = FuzzBytes.ofSeed(7);

        for (int i = 0; i < 1_000; i++) {
            assertThat(once.mutate(ORIGINAL)).isEqualTo(again.mutate(ORIGINAL));
            assertThat(once.bytes(100)).isEqualTo(again.bytes(100));
        }
    }

    @Test
    void shouldChangeContentAndLengthAndLeaveTheOriginal() {
        FuzzBytes fuzz = FuzzBytes.ofSeed(7);
        Set<Integer> lengths = new HashSet<>();
        int changed = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] mutant = fuzz.mutate(ORIGINAL);
            lengths.add(mutant.length);
            if (!Arrays.equals(mutant, ORIGINAL)) {
                changed++;
            }
        }

        assertThat(changed).isGreaterThan(900);
        assertThat(lengths).hasSizeGreaterThan(40).contains(0).anyMatch(length -> length > 40);
        assertThat(ORIGINAL).containsOnly(0);
    }
}
