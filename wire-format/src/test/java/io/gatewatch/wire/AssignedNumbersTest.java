package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that are on the wire, as docs/wire-format.md assigns them: added to, never changed. */
class AssignedNumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0x01, ip_length_zero",
        "0x02, ip_length_exceeds_frame",
        "0x04, ipv4_options_bad",
        "0x08, udp_length_mismatch",
        "0x10, tcp_options_bad",
        "0x20, tcp_flags_impossible",
        "0x40, snapped_header",
        "0x80, icmp_unreachable",
        "0x100, icmp_time_exceeded",
        "0x200, icmp_too_big",
        "0x400, icmp_redirect",
        "0x800, icmp_parameter_problem",
        "0x1000, icmp_source_quench",
        "0x2000, fragment_overlap",
        "0x4000, fragment_bad",
        "0x8000, extension_headers_repeated",
        "0x10000, fragment_tiny",
    })
    void shouldKeepAnomalyBits(String bit, String text) {
        assertThat(Anomaly.values())
                .filteredOn(anomaly -> anomaly.bit() == Long.decode(bit))
                .extracting(Anomaly::text)
                .containsExactly(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, gre",
        "2, erspan",
        "3, ipip",
        "4, 6in4",
        "5, 4in6",
        "6, teredo",
        "7, vxlan",
        "8, geneve",
        "9, gtpu",
        "10, 6in6",
        "255, other",
        "0, other",
        "200, other",
    })
    void shouldKeepTunnelKinds(int code, String text) {
        assertThat(TunnelKind.ofCode(code).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(TunnelKind.class)
    void shouldFindEveryKindByItsCode(TunnelKind kind) {
        assertThat(TunnelKind.ofCode(kind.code())).isEqualTo(kind);
    }

    @Test
    void shouldKnowTheOuterVlan() {
        assertThat(path(0, 0).outerVlanId()).isEqualTo(FlowPath.NO_VLAN);
        assertThat(path(1, 0xE02A).outerVlanId()).isEqualTo(42);
        assertThat(path(2, 0x602A_0007L).outerVlanId()).isEqualTo(42);
        assertThat(path(4, 0xFFFF_0002_0003_0004L).outerVlanId()).isEqualTo(0xFFF);
    }

    private static FlowPath path(int vlanCount, long tags) {
        return new FlowPath(0, FlowPath.NO_MAC, FlowPath.NO_MAC, vlanCount, tags, null);
    }
}
