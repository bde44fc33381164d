package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.traffic.flow.FlowKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRowTest {
    private static final String SCRIPT =
            "0 > S 1000; 0.01 < SA 5000 1001; 0.02 > A 1001 5001; 0.5 > PA 1001 5001 100; 2 < R 5001";

    private static SessionRow row() {
        return SessionHarness.tcp().play(SCRIPT).end().row();
    }

    @Test
    void shouldComeBackFromItsBytes() throws IOException {
        SessionRow row = row();
        row.host = "example.org";
        row.hostSource = "tls_sni";
        row.hostAgeS = 3;
        row.hostTtlS = 300;
        row.tlsVersion = "1.3";
        row.tlsAlpn = "h2";
        row.ja3 = "a";
        row.ja4 = "b";
        row.ja3s = "c";
        row.application = "browser";
        row.applicationCategory = "web";
        row.applicationReason = "1:2:3";
        row.tunnel = "gre";
        row.vlanId = 4094;
        row.clientMac = 0xFFFF_FFFF_FFFFL;
        SessionRow read =
                SessionRow.read(new DataInputStream(new ByteArrayInputStream(bytesOf(row))));
        assertThat(read).usingRecursiveComparison().isEqualTo(row);
    }

    @Test
    void shouldRefuseALaterVersion() throws IOException {
        byte[] bytes = bytesOf(row());
        bytes[0] = 2;
        assertThatThrownBy(
                        () -> SessionRow.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessage("session row of version 2: this program reads version 1");
    }

    @Test
    void shouldBeginItsIdWithTheStartInMilliseconds() {
        byte[] id = row().sessionId;
        assertThat(id).hasSize(16);
        assertThat(new BigInteger(1, Arrays.copyOf(id, 6)).longValue())
                .isEqualTo(FlowScript.BASE_NS / 1_000_000);
    }

    @Test
    void shouldKeepTheIdOfASessionForever() {
        assertThat(HexFormat.of().formatHex(row().sessionId))
                .isEqualTo("018bcfe568000baec57dadb2abdbf00a");
    }

    @Test
    void shouldMakeAnotherIdFromEveryIngredient() {
        SessionId ids = new SessionId();
        FlowKey key = FlowScript.key(6, 1, 2);
        byte[] id = ids.of(key, FlowScript.BASE_NS, 7, 0);
        assertThat(ids.of(key, FlowScript.BASE_NS, 7, 0)).isEqualTo(id);
        assertThat(ids.of(key, FlowScript.BASE_NS + 1, 7, 0)).isNotEqualTo(id);
        assertThat(ids.of(key, FlowScript.BASE_NS, 8, 0)).isNotEqualTo(id);
        assertThat(ids.of(key, FlowScript.BASE_NS, 7, 1)).isNotEqualTo(id);
        assertThat(ids.of(FlowScript.key(6, 1, 3), FlowScript.BASE_NS, 7, 0)).isNotEqualTo(id);
    }

    @ParameterizedTest(name = "{0}: generation {1}")
    @CsvSource({
        "RST,3",
        "FIN,3",
        "NEW_SYN,3",
        "IDLE,3",
        "END_OF_INPUT,0",
        "OPEN,0",
        "GATEWAY_GONE,0"
    })
    void shouldGuardRowsThatAReplayCut(EndReason reason, long generation) {
        SessionRows rows = new SessionRows(3);
        SessionState state = new SessionState();
        state.a.packets = 5;
        state.b.packets = 6;
        state.endReason = reason;
        int ended = reason == EndReason.OPEN ? 0 : 1;
        assertThat(rows.rowOf(FlowScript.key(17, 1, 2), state, RowKind.FINAL).revision)
                .isEqualTo((generation << 40) + 11 * 4 + ended);
    }

    private static byte[] bytesOf(SessionRow row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        row.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
