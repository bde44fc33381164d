package io.gatewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketBalanceTest {
    @Test
    void shouldBalanceWhenEveryPacketIsInASession() {
        PacketBalance balance = balance(90, 90);

        assertThat(balance.isBalanced()).isTrue();
        assertThat(balance.lines())
                .containsExactly(
                        "                packets",
                        "captured            100",
                        "ignored not_ip     - 10",
                        "shipped              90",
                        "in sessions          90",
                        "Every packet is accounted for.");
    }

    @ParameterizedTest(name = "{0} shipped, {1} in sessions")
    @CsvSource({
        "90, 89, lost between Kafka and the table        - 1",
        "90, 91, lost between Kafka and the table        + 1",
        "89, 89, lost between capture and batches        - 1",
        // Two errors that cancel each other out are two errors.
        "89, 90, lost between capture and batches        - 1"
    })
    void shouldSayWherePacketsAreMissing(long shipped, long inSessions, String line) {
        PacketBalance balance = balance(shipped, inSessions);

        assertThat(balance.isBalanced()).isFalse();
        assertThat(balance.lines()).anyMatch(each -> normal(each).equals(normal(line)));
        assertThat(balance.lines()).contains("NOT every packet is accounted for.");
    }

    private static String normal(String line) {
        return line.strip().replaceAll(" +", " ");
    }

    private static PacketBalance balance(long shipped, long inSessions) {
        return new PacketBalance(
                new AgentTotals(100, 0, shipped, Map.of("ignored not_ip", 10L)), inSessions);
    }
}
