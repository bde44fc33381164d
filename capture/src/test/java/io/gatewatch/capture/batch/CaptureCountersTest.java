package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptureCountersTest {
    private final CaptureCounters counters = new CaptureCounters();

    @ParameterizedTest
    @EnumSource(DecodeOutcome.class)
    void shouldCountEachOutcomeAloneAndInTheTotalOfItsKind(DecodeOutcome outcome) {
        counters.add(outcome);
        counters.add(outcome);

        for (DecodeOutcome other : DecodeOutcome.values()) {
            assertThat(counters.count(other)).isEqualTo(other == outcome ? 2 : 0);
        }
        DecodeOutcome.Kind kind = outcome.kind();
        assertThat(counters.ignored()).isEqualTo(kind == DecodeOutcome.Kind.IGNORED ? 2 : 0);
        assertThat(counters.undecodable())
                .isEqualTo(kind == DecodeOutcome.Kind.UNDECODABLE ? 2 : 0);
    }

    @Test
    void shouldCountOwnTrafficAndBadTimestampsAsIgnored() {
        counters.addOwnTraffic();
        counters.addBadTimestamp();
        counters.addBadTimestamp();

        assertThat(counters.ownTraffic()).isEqualTo(1);
        assertThat(counters.badTimestamp()).isEqualTo(2);
        assertThat(counters.ignored()).isEqualTo(3);
    }

    @Test
    void shouldBeReadableWhileItIsWritten() throws InterruptedException {
        int frames = 200_000;
        Thread writer =
                new Thread(
                        () -> {
                            for (int i = 0; i < frames; i++) {
                                counters.addCaptured();
                            }
                        });
        writer.start();

        long last = 0;
        while (last < frames) {
            long now = counters.captured();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
            Thread.onSpinWait();
        }

        writer.join();
        assertThat(counters.captured()).isEqualTo(frames);
    }
}
