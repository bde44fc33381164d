package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketListTest {
    private static List<String> listOf(String script) {
        SessionRow row = SessionHarness.tcp().play(script).end().row();
        PacketList list = new PacketList().wrap(row.packets);
        List<String> packets = new ArrayList<>();
        while (list.next()) {
            packets.add(
                    list.direction()
                            + " "
                            + list.payloadLength()
                            + " "
                            + list.flagsText()
                            + " "
                            + list.offsetUs());
        }
        return packets;
    }

    @Test
    void shouldListDirectionLengthFlagsAndOffset() {
        assertThat(listOf("0 > S 1; 0.01 < SA 9 2; 0.02 > A 2 10; 3 > FPA 2 10 1460; 4 < R 10"))
                .containsExactly(
                        "1 0 S 0",
                        "2 0 SA 10000",
                        "1 0 A 20000",
                        "1 1460 FPA 3000000",
                        "2 0 R 4000000");
    }

    @Test
    void shouldListPacketsThatGoBackInTime() {
        assertThat(listOf("5 > A 1 9; 4.5 < A 9 1; 6 > A 1 9"))
                .containsExactly("1 0 A 0", "2 0 A -500000", "1 0 A 1000000");
    }

    @Test
    void shouldTurnDirectionsRoundWhenTheClientIsCorrected() {
        assertThat(listOf("0 > A 1001 5001; 0.1 < S 5000"))
                .containsExactly("2 0 A 0", "1 0 S 100000");
    }

    @Test
    void shouldReadAnEmptyList() {
        assertThat(new PacketList().next()).isFalse();
        assertThat(new PacketList().wrap(new byte[0]).next()).isFalse();
    }
}
