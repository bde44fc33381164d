package io.gatewatch.traffic.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowKeyTest {
    private static final FlowKey IPV4 =
            CommunityIdTest.key(6, "10.0.0.1", 40_000, "192.168.200.2", 443);
    private static final FlowKey IPV6 =
            CommunityIdTest.key(17, "2001:db8::1", 53, "fe80::1", 65_535);

    // Golden bytes: savepoints hold them.
    private static final String IPV4_BYTES = "010004686f6d65ffff06040a000001c0a8c8029c4001bb";
    private static final String IPV4_IDENTITY = "686f6d6500ffff06040a000001c0a8c8029c4001bb";
    private static final String IPV6_BYTES =
            "010004686f6d65ffff1106"
                    + "20010db8000000000000000000000001fe8000000000000000000000000000010035ffff";

    @Test
    void shouldKeepTheBytesOfVersionOne() throws IOException {
        assertThat(hexOf(IPV4)).isEqualTo(IPV4_BYTES);
        assertThat(hexOf(IPV6)).isEqualTo(IPV6_BYTES);
        assertThat(keyOf(IPV4_BYTES)).isEqualTo(IPV4);
        assertThat(keyOf(IPV6_BYTES)).isEqualTo(IPV6);
    }

    @Test
    void shouldKeepTheIdentityThatIdsStandOn() {
        ByteBuffer bytes = ByteBuffer.allocate(IPV4.identityLength());
        IPV4.putIdentity(bytes);
        byte[] written = Arrays.copyOf(bytes.array(), bytes.position());
        assertThat(HexFormat.of().formatHex(written)).isEqualTo(IPV4_IDENTITY);
    }

    @Test
    void shouldHaveRoomForTheIdentityOfAnySite() {
        FlowKey key =
                new FlowKey(
                        "\u4e2d\u00e9\ud83d\ude00", 4095, 255, 6, -1, -1, -1, -1, 65_535, 65_535);
        ByteBuffer bytes = ByteBuffer.allocate(key.identityLength());
        key.putIdentity(bytes);
        assertThat(bytes.position()).isPositive();
    }

    @Test
    void shouldKeepTheHashThatPartitionsState() {
        assertThat(IPV4.hashCode()).isEqualTo(-1355014718);
        assertThat(IPV6.hashCode()).isEqualTo(-2032619267);
    }

    @Test
    void shouldSpreadNeighbouringKeys() {
        Set<Integer> hashes = new HashSet<>();
        int keys = 0;
        for (int host = 0; host < 64; host++) {
            for (int port = 1024; port < 1024 + 512; port++) {
                hashes.add(
                        new FlowKey("home", -1, 6, 4, 0, 0x0A00_0000 + host, 0, 1, port, 443)
                                .hashCode());
                keys++;
            }
        }
        assertThat(hashes).hasSizeGreaterThan(keys * 999 / 1000);
    }

    @Test
    void shouldTellKeysApartByEveryField() {
        Set<FlowKey> keys = new HashSet<>();
        keys.add(new FlowKey("a", 1, 6, 6, 1, 2, 3, 4, 5, 6));
        keys.add(new FlowKey("b", 1, 6, 6, 1, 2, 3, 4, 5, 6));
        keys.add(new FlowKey("a", 2, 6, 6, 1, 2, 3, 4, 5, 6));
        keys.add(new FlowKey("a", 1, 7, 6, 1, 2, 3, 4, 5, 6));
        keys.add(new FlowKey("a", 1, 6, 4, 1, 2, 3, 4, 5, 6));
        keys.add(new FlowKey("a", 1, 6, 6, 9, 2, 3, 4, 5, 6));
        keys.add(new FlowKey("a", 1, 6, 6, 1, 9, 3, 4, 5, 6));
        keys.add(new FlowKey("a", 1, 6, 6, 1, 2, 9, 4, 5, 6));
        keys.add(new FlowKey("a", 1, 6, 6, 1, 2, 3, 9, 5, 6));
        keys.add(new FlowKey("a", 1, 6, 6, 1, 2, 3, 4, 9, 6));
        keys.add(new FlowKey("a", 1, 6, 6, 1, 2, 3, 4, 5, 9));
        assertThat(keys).hasSize(11);
        assertThat(keys).contains(new FlowKey("a", 1, 6, 6, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void shouldRefuseALaterVersion() {
        assertThatThrownBy(() -> keyOf("02" + IPV4_BYTES.substring(2)))
                .isInstanceOf(IOException.class)
                .hasMessage("flow key of version 2: this program reads version 1");
    }

    private static String hexOf(FlowKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        key.write(new DataOutputStream(bytes));
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static FlowKey keyOf(String hex) throws IOException {
        return FlowKey.read(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }
}
