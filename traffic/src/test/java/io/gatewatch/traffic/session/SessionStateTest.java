package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
            "01000367773117979cfe362a0000000003e800000006ac029c04016400010117979cfe362a000005bd01000003e8000003e90000051600000515000005160000051501000003e90000044d1b000003e80000051500000000010100030078000000010117979cfe36c29680069d01000013880000138900001389000013890000000000001389001500001388000000000000138900000180d0acf30e80d0acf30e010180d0acf30e80d0acf30e17979d0ca5a6ec00000001a3185c771080000000000000000000090100020000010001c0b8020a536841445461774746722f00000002a09c010112a09c010010a09c01c80118a09c01c80118a09c01c80118a09c010110c0df72001180897a0104098092f401";

    private static SessionState state() {
        SessionHarness run = SessionHarness.liveTcp();
        run.slice.processingTimeMs = 1_800_000_000_000L;
        return run.slice(FlowScript.packets(SCRIPT), FlowScript.at(-60)).state;
    }

    @Test
    void shouldKeepTheBytesOfVersionOne() throws IOException {
        assertThat(hexOf(state())).isEqualTo(GOLDEN);
        assertThat(hexOf(stateOf(GOLDEN))).isEqualTo(GOLDEN);
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
