package io.gatewatch.traffic.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolNamesTest {
    @ParameterizedTest
    @CsvSource({
        "1,icmp",
        "2,igmp",
        "6,tcp",
        "17,udp",
        "47,gre",
        "50,esp",
        "58,icmp6",
        "132,sctp",
        "200,200",
        "255,255"
    })
    void shouldNameProtocol(int protocol, String name) {
        assertThat(ProtocolNames.of(protocol)).isEqualTo(name);
    }
}
