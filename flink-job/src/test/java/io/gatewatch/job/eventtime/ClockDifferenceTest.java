package io.gatewatch.job.eventtime;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static io.gatewatch.job.Captures.conversation;
import static io.gatewatch.job.eventtime.Gateway.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Captures;
import io.gatewatch.job.OperatorHarness;
import io.gatewatch.job.gateways.AgentReportFunction;
import io.gatewatch.job.gateways.GatewayRow;
import io.gatewatch.job.source.TopicRecord;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.topics.Topics;
import io.gatewatch.traffic.session.SessionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gateways whose clocks differ. */
class ClockDifferenceTest {
    /** What a gateway sends at one moment. */
    private record Sight(long arrivalNs, Gateway gateway, TimedFrame frame) {}

    @ParameterizedTest(name = "{0} s apart, restarts at parallelism {1} and {2}")
    @CsvSource({"5, 0, 0", "50, 0, 0", "5, 6, 2", "50, 1, 4", "50, 3, 3"})
    void shouldGiveEachGatewayTheRowsThatItHasAlone(int apart, int first, int second)
            throws Exception {
        List<SessionRow> expected = new ArrayList<>(alone("exact", 1));
        expected.addAll(alone("behind", 2));
        Gateway exact = Gateway.live("exact");
        Gateway behind = Gateway.live("behind");
        List<Sight> sights = new ArrayList<>();
        Captures.mixed(1).forEach(frame -> sights.add(new Sight(frame.timeNs(), exact, frame)));
        Captures.mixed(2)
                .forEach(
                        frame ->
                                sights.add(
                                        new Sight(
                                                frame.timeNs() + apart * SECOND_NS,
                                                behind,
                                                frame)));
        sights.sort(Comparator.comparingLong(Sight::arrivalNs));

        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            for (int i = 0; i < sights.size(); i++) {
                Sight sight = sights.get(i);
                job.take(sight.gateway.sees(List.of(sight.frame)));
                if (first > 0 && i == sights.size() / 3) {
                    job.restart(first);
                } else if (second > 0 && i == sights.size() * 2 / 3) {
                    job.restart(second);
                }
            }
            job.take(exact.stops());
            job.take(behind.stopsForGood());

            job.table().assertHolds(expected);
            assertThat(job.held()).isZero();
        }
    }

    private static List<SessionRow> alone(String name, long seed) throws Exception {
        Gateway gateway = Gateway.live(name);
        try (HandDrivenJob job = HandDrivenJob.start(1)) {
            job.take(gateway.sees(Captures.mixed(seed))).take(gateway.stopsForGood());
            assertThat(job.table().rows()).hasSizeGreaterThan(50);
            return List.copyOf(job.table().rows());
        }
    }

    @Test
    void shouldNotEndSessionsOfOthersByAClockTenMinutesAhead() throws Exception {
        Gateway exact = Gateway.live("exact");
        Gateway ahead = Gateway.live("ahead");
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(exact.appendingAt(0).sees(conversation(40_000).handshake()));
            for (int second = 0; second < 590; second += 10) {
                job.take(
                        ahead.appendingAt(second)
                                .sees(
                                        conversation(50_000 + second)
                                                .at(at(second + 600))
                                                .handshake()
                                                .close()));
            }
            job.take(
                    exact.appendingAt(590)
                            .sees(
                                    conversation(40_000)
                                            .captured(false)
                                            .handshake()
                                            .captured(true)
                                            .at(at(590))
                                            .clientSends(10)
                                            .close()));

            assertThat(job.table().summary())
                    .hasSize(60)
                    .startsWith(
                            "40000 from 0.000 to 590.003: 7 packets, fin",
                            "50000 from 600.000 to 600.005: 6 packets, fin",
                            "50010 from 610.000 to 610.005: 6 packets, fin");
        }
    }

    @Test
    void shouldShowHowFarAheadTheClockOfAGatewayIs() throws Exception {
        long appendedMs = START_NS / 1_000_000;
        String report =
                "{\"gateway\":\"ahead\",\"site\":\"home\",\"time\":\""
                        + Instant.ofEpochMilli(appendedMs + 600_000)
                        + "\"}";
        try (OperatorHarness<TopicRecord, GatewayRow> reports =
                new OperatorHarness<>(new ProcessOperator<>(new AgentReportFunction()))) {
            reports.open();
            reports.processElement(
                    new StreamRecord<>(
                            new TopicRecord(
                                    Topics.AGENTS,
                                    0,
                                    0,
                                    appendedMs,
                                    report.getBytes(UTF_8),
                                    List.of())));

            assertThat(reports.extractOutputValues())
                    .singleElement()
                    .satisfies(row -> assertThat(row.clockSkewMs).isEqualTo(600_000));
        }
    }
}
