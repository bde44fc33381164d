package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.wire.TunnelKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionStateTest {
    private static final String SCRIPT =
            "0 > S 1000; 0.01 < SA 5000 1001; 0.02 > A 1001 5001; 0.03 > PA 1101 5001 100;"
                    + " 0.04 > PA 1201 5001 100; 0.05 > PA 1201 5001 100; 0.06 < A 5001 1301 0 0;"
                    + " 1 > FA 1301 5001; 2 < R 5001";

    // Bytes of version 1: savepoints hold them, so they are never edited.
    private static final String GOLDEN =
            "01000367773117979cfe362a0000f000000102060465666768696ac88180808080010117979cfe36"
                    + "2a0064046bffffff9bffffff9affffff99ffffff98ffffff97ffffff9601ffffff94ffffff956cff"
                    + "ffff93ffffff92ffffff91707172c901ca01cb01cc01cd01ce01908380808080010117979cfe362a"
                    + "00c804cf01ffffff37ffffff36ffffff35ffffff34ffffff33ffffff3200d001ffffff2fffffff2e"
                    + "ffffff2dd401d501d6010a0c01010e1017979cfe362a0009000001a3185c500a17979cfe3629fff5"
                    + "0c0d0e0101020f808080808020fc3f07feffff0f80fa0105536841446104000102031123";

    /** Every field has a value of its own, so that none can be left out or swapped. */
    private static SessionState filled() {
        SessionState state = new SessionState();
        state.gateway = "gw1";
        state.startTimeNs = FlowScript.BASE_NS;
        state.firstSequence = 0xF000_0001;
        state.ordinal = 2;
        state.chainStartNs = FlowScript.BASE_NS + 3;
        state.chainOrdinal = 4;
        fill(state.a, 100);
        fill(state.b, 200);
        state.b.gaps = null;
        state.latestPacketNs = FlowScript.BASE_NS + 5;
        state.activityNs = FlowScript.BASE_NS + 6;
        state.endReason = EndReason.RST;
        state.linger = Linger.AFTER_RST;
        state.lingerFromNs = FlowScript.BASE_NS + 7;
        state.lingerActivityNs = FlowScript.BASE_NS + 8;
        state.eventTimerNs = FlowScript.BASE_NS + 9;
        state.tickMs = 1_800_000_000_010L;
        state.tickWatermarkNs = FlowScript.BASE_NS - 11;
        state.tickPackets = 12;
        state.idleTicks = 13;
        state.rowPackets = 14;
        state.rowEnded = true;
        state.clientIsB = true;
        state.clientBasis = SessionState.ClientBasis.SYN;
        state.flags = 15;
        state.anomalies = 1L << 40;
        state.vlanId = 4094;
        state.tunnelKind = TunnelKind.VXLAN;
        state.tunnelId = 0xFF_FFFF;
        state.handshakeRttUs = 16_000;
        state.history = "ShADad".getBytes(StandardCharsets.US_ASCII);
        state.historyLength = 5;
        state.packetList = new byte[] {0, 1, 2, 3, 4, 5};
        state.packetListLength = 4;
        state.packetListCount = 17;
        state.packetListLastUs = -18;
        return state;
    }

    private static void fill(DirectionState direction, int base) {
        direction.packets = base + 1L;
        direction.payloadBytes = base + 2L;
        direction.ipBytes = base + 3L;
        direction.retransmittedPackets = base + 4L;
        direction.retransmittedBytes = base + 5L;
        direction.missedBytesGivenUp = base + 6L;
        direction.sourceMac = 0x0200_0000_0000L + base;
        direction.destinationMac = -1;
        direction.synTimeNs = FlowScript.BASE_NS + base;
        direction.endpoint = EndpointState.ESTABLISHED;
        direction.marks = base + 7;
        direction.initialSequence = -base - 1;
        direction.lowest = -base - 2;
        direction.next = -base - 3;
        direction.acknowledged = -base - 4;
        direction.finEnd = -base - 5;
        direction.gapsReportedTo = -base - 6;
        direction.gaps = new SequenceGaps();
        direction.gaps.addHighest(-base - 8, -base - 7);
        direction.letters = base + 8;
        direction.lastSynSequence = -base - 9;
        direction.lastFinSequence = -base - 10;
        direction.lastRstSequence = -base - 11;
        direction.retransmissions = base + 12;
        direction.contentGaps = base + 13;
        direction.zeroWindows = base + 14;
    }

    @Test
    void shouldKeepTheBytesOfVersionOne() throws IOException {
        assertThat(hexOf(filled())).isEqualTo(GOLDEN);
        assertThat(hexOf(stateOf(GOLDEN))).isEqualTo(GOLDEN);
    }

    @Test
    void shouldCopyEveryField() {
        assertThat(filled().copy()).usingRecursiveComparison().isEqualTo(filled());
    }

    @Test
    void shouldRefuseALaterVersion() {
        assertThatThrownBy(() -> stateOf("02" + GOLDEN.substring(2)))
                .isInstanceOf(IOException.class)
                .hasMessage("session state of version 2: this program reads version 1");
    }

    @Test
    void shouldRefuseOrReadAnyBytesWithoutHarm() {
        long seed = System.nanoTime();
        System.out.println("SessionStateTest seed " + seed);
        Random random = new Random(seed);
        byte[] golden = HexFormat.of().parseHex(GOLDEN);
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = golden.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            try {
                SessionState.read(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)));
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    @Test
    void shouldCopyDeeply() throws IOException {
        SessionHarness run = SessionHarness.liveTcp();
        run.play(SCRIPT);
        SessionState copy = run.state.copy();
        String before = hexOf(copy);
        SessionState original = run.state;
        run.slice(
                FlowScript.packets("2 > PA 1001 5001 30; 3 > PA 1501 5001 30; 4 < FA 5001 1301"),
                FlowScript.at(-60));
        original.history[0] = 'x';
        original.packetList[1]++;
        original.a.gaps.addHighest(9_000, 9_001);
        assertThat(hexOf(original)).isNotEqualTo(before);
        assertThat(hexOf(copy)).isEqualTo(before);
    }

    private static String hexOf(SessionState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(new DataOutputStream(bytes));
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static SessionState stateOf(String hex) throws IOException {
        return SessionState.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }
}
