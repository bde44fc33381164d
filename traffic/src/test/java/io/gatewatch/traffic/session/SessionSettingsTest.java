package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
    @Test
    void shouldHaveTheDocumentedDefaults() {
        SessionSettings settings = SessionSettings.defaults();
        assertThat(settings.tcpIdle()).hasSeconds(600);
        assertThat(settings.tcpClosing()).hasSeconds(60);
        assertThat(settings.tcpEmbryonic()).hasSeconds(60);
        assertThat(settings.udpIdle()).hasSeconds(600);
        assertThat(settings.otherIdle()).hasSeconds(600);
        assertThat(settings.icmpIdle()).hasSeconds(60);
        assertThat(settings.rstLinger()).hasSeconds(60);
        assertThat(settings.finLinger()).hasSeconds(130);
        assertThat(settings.halfClosedLinger()).hasSeconds(600);
        assertThat(settings.packetListLimit()).isEqualTo(100);
        assertThat(settings.maxSessions()).isEqualTo(300_000);
    }

    @Test
    void shouldHoldForTheLongestTimeOutAndLinger() {
        assertThat(SessionSettings.defaults().longestHold()).hasSeconds(1200);
    }

    @Test
    void shouldReportAllProblemsTogether() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(
                        () ->
                                new SessionSettings(
                                        Duration.ZERO,
                                        second,
                                        second,
                                        Duration.ofDays(31),
                                        Duration.ofSeconds(-1),
                                        second,
                                        second,
                                        second,
                                        second,
                                        second,
                                        second,
                                        -1,
                                        99,
                                        true,
                                        false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tcp-idle is 0 ms: must be 1 ms to 30 days; "
                                + "udp-idle is 2678400000 ms: must be 1 ms to 30 days; "
                                + "icmp-idle is negative: must be 1 ms to 30 days; "
                                + "packet-list-limit is -1: must be 0 to 10000; "
                                + "max-sessions is 99: must be 100 to 100000000");
    }
}
