package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.wire.address.IpAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of docs/wire-format.md, computed by another program. */
class FlowHashTest {
    @ParameterizedTest
    @CsvSource({
        "home,  6, 192.0.2.1,   40000, 198.51.100.2, 443,   4c91858d5c3d0c22, 1, 1, 5",
        "Büro,  6, 192.0.2.1,   40000, 198.51.100.2, 443,   8ea6d6ba86d27db3, 1, 1, 1",
        "home, 17, 192.168.1.1, 53,    192.168.1.2,  53124, 3b0e5ca006fa216b, 1, 5, 9",
        "home, 17, 2001:db8::1, 5353,  ff02::fb,     5353,  d78a6da41ce9034d, 2, 6, 6",
        "home,  1, 192.0.2.1,   8,     198.51.100.2, 0,     43f1ff6983203852, 1, 1, 9",
        "home, 58, fe80::1,     1,     fe80::2,      4,     b72c3d12f4b68531, 0, 0, 8",
        "home, 47, 10.0.0.1,    0,     10.0.0.2,     0,     96a777790a85d3ab, 1, 5, 5",
    })
    void shouldHashAsSpecified(
            String site,
            int protocol,
            String a,
            int portA,
            String b,
            int portB,
            String hash,
            int of4,
            int of8,
            int of12) {
        IpAddress from = IpAddress.parse(a);
        IpAddress to = IpAddress.parse(b);

        long value =
                FlowHash.of(
                        FlowHash.ofSite(site),
                        protocol,
                        from.version(),
                        from.high(),
                        from.low(),
                        to.high(),
                        to.low(),
                        portA,
                        portB);

        assertThat(Long.toHexString(value)).isEqualTo(hash);
        assertThat(FlowHash.partition(value, 4)).isEqualTo(of4);
        assertThat(FlowHash.partition(value, 8)).isEqualTo(of8);
        assertThat(FlowHash.partition(value, 12)).isEqualTo(of12);
    }

    @Test
    void shouldSpreadFlowsOfOneHostOverAllPartitions() {
        int[] flows = new int[8];
        long site = FlowHash.ofSite("home");
        for (int port = 32_768; port < 65_536; port++) {
            long hash = FlowHash.of(site, 6, 4, 0, 0x0A000001, 0, 0x0A000002, port, 443);
            flows[FlowHash.partition(hash, 8)]++;
        }

        assertThat(Arrays.stream(flows).min().getAsInt()).isGreaterThan(3_800);
        assertThat(Arrays.stream(flows).max().getAsInt()).isLessThan(4_400);
    }
}
