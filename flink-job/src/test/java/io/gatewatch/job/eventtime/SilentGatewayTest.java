package io.gatewatch.job.eventtime;

import static io.gatewatch.job.Captures.conversation;
import static io.gatewatch.job.eventtime.Gateway.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.TcpConversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway of which nothing is heard for a while, or any more. */
class SilentGatewayTest {
    private final Gateway attic = Gateway.live("attic");
    private final Gateway cellar = Gateway.live("cellar");

    @Test
    void shouldGoOnWithTheSessionsOfAGatewayThatWasSilentForMinutes() throws Exception {
        TcpConversation exchange = conversation(40_000).handshake();
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(attic.sees(exchange));
            for (int minute = 1; minute <= 8; minute++) {
                job.wallClock(60L * minute);
            }

            job.take(attic.sees(later(500)));
            job.take(attic.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly("40000 from 0.000 to 500.003: 7 packets, fin");
        }
    }

    @Test
    void shouldEndTheSessionsOfASilentGatewayAsOthersMoveTime() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(attic.sees(conversation(40_000).handshake()));

            job.take(cellar.quiet(0, 700));

            assertThat(job.table().summary())
                    .containsExactly("40000 from 0.000 to 0.002: 3 packets, idle");
            assertThat(job.held()).isZero();
        }
    }

    @ParameterizedTest(name = "others move time meanwhile: {0}")
    @ValueSource(booleans = {false, true})
    void shouldBeginNewSessionsWhenAGatewayReturnsAfterAnHour(boolean others) throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(attic.sees(conversation(40_000).handshake()));
            if (others) {
                job.take(cellar.quiet(0, 3_600));
            }

            job.take(attic.sees(later(3_600)));
            job.take(attic.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly(
                            "40000 from 0.000 to 0.002: 3 packets, idle",
                            "40000 from 3600.000 to 3600.003: 4 packets, fin, midstream");
            assertThat(job.held()).isZero();
        }
    }

    @Test
    void shouldGiveUpTheSessionsOfTheOnlyGatewayWhenItStaysAway() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(attic.sees(conversation(40_000).handshake()));
            for (int minute = 1; minute <= 60; minute++) {
                job.wallClock(60L * minute);
            }
            assertThat(job.held()).isZero();

            job.take(attic.sees(later(3_600)));
            job.take(attic.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly(
                            "40000 from 0.000 to 0.002: 3 packets, gateway_gone",
                            "40000 from 3600.000 to 3600.003: 4 packets, fin, midstream");
        }
    }

    /** The same connection goes on and is closed. */
    private static TcpConversation later(double second) {
        return conversation(40_000)
                .captured(false)
                .handshake()
                .captured(true)
                .at(at(second))
                .clientSends(10)
                .close();
    }
}
