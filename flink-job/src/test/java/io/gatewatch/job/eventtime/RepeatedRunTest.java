package io.gatewatch.job.eventtime;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.conversation;
import static io.gatewatch.job.eventtime.Gateway.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.traffic.session.SessionRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files shipped again, one after another, and agents that are started again. */
class RepeatedRunTest {
    private static final long DAY_NS = 86_400 * SECOND_NS;

    @ParameterizedTest(name = "restart between: {0}")
    @ValueSource(booleans = {false, true})
    void shouldCountAFileThatIsShippedTwiceOnce(boolean restart) throws Exception {
        List<BatchRecord> run = run("file", 1, Captures.mixed(1));
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(run);
            if (restart) {
                job.restart(3);
            }
            job.take(run);

            assertSame(job, rowsOf(run));
        }
    }

    @ParameterizedTest(name = "restart between: {0}")
    @ValueSource(booleans = {false, true})
    void shouldGoOnWithAFileRunThatWasStopped(boolean restart) throws Exception {
        List<TimedFrame> frames = Captures.mixed(1);
        List<SessionRow> expected = rowsOf(run("file", 1, frames));
        Gateway gateway = Gateway.ofFile("file", 1);
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(gateway.sees(frames.subList(0, frames.size() / 2)));
            if (restart) {
                job.restart(1);
            }
            gateway.isStoppedWithinItsFile();

            job.take(gateway.sees(frames)).take(gateway.stopsForGood());

            assertSame(job, expected);
        }
    }

    @Test
    void shouldGiveASecondFileWithOlderTimesTheRowsThatItHasAlone() throws Exception {
        List<TimedFrame> older = new ArrayList<>();
        Captures.mixed(2)
                .forEach(
                        frame -> older.add(new TimedFrame(frame.timeNs() - DAY_NS, frame.bytes())));
        List<BatchRecord> first = run("file", 1, Captures.mixed(1));
        List<BatchRecord> second = run("file", 2, older);
        List<SessionRow> expected = new ArrayList<>(rowsOf(first));
        expected.addAll(rowsOf(second));
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(first).take(second);

            assertSame(job, expected);
        }
    }

    @Test
    void shouldKeepTheSessionsOfAnOlderFileWholeWhileThoseOfTheNewerAreOpen() throws Exception {
        Gateway newer = Gateway.ofFile("file", 1);
        Gateway older = Gateway.ofFile("file", 2);
        TcpConversation dayBefore = conversation(40_001).at(at(-86_400));
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(newer.sees(conversation(40_000).handshake())).take(newer.stops());

            job.take(
                    older.sees(
                            dayBefore
                                    .handshake()
                                    .pause(500 * SECOND_NS)
                                    .clientSends(10)
                                    .pause(700 * SECOND_NS)
                                    .clientSends(10)
                                    .pause(500 * SECOND_NS)
                                    .close()));
            // The one exception: addresses and ports of a session that is open belong to it.
            job.take(older.sees(conversation(40_000).at(at(-80_000)).clientSends(10)));
            job.take(older.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly(
                            "40001 from -86400.000 to -85899.997: 4 packets, idle",
                            "40001 from -85199.996 to -84699.993: 4 packets, fin, midstream",
                            "40000 from 0.000 to 0.002: 4 packets, idle, late");
            assertThat(job.held()).isZero();
        }
    }

    @Test
    void shouldEndWhatANewerFileLeftOpenWhenTheOlderOneIsTheLast() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            Gateway newer = Gateway.ofFile("file", 1);
            job.take(newer.sees(conversation(40_000).handshake())).take(newer.stops());
            job.restart(2);
            Gateway older = Gateway.ofFile("file", 2);
            job.take(older.sees(conversation(40_001).at(at(-86_400)).handshake()));
            assertThat(job.held()).isPositive();

            job.take(older.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly(
                            "40001 from -86400.000 to -86399.998: 3 packets, idle",
                            "40000 from 0.000 to 0.002: 3 packets, idle");
            assertThat(job.held()).isZero();
        }
    }

    @Test
    void shouldKeepOneSessionWhenALiveAgentIsStoppedAndStartedWithinIt() throws Exception {
        Gateway agent = Gateway.live("attic");
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(agent.sees(beginning())).take(agent.stops());

            agent.restarts();
            job.take(agent.sees(end())).take(agent.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly("40000 from 0.000 to 30.003: 8 packets, fin");
        }
    }

    @Test
    void shouldKeepOneSessionWhenAnAgentComesBackWithANewBootId() throws Exception {
        Gateway agent = Gateway.live("attic");
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            // Killed: nothing tells of its end. What it had not sent is lost and nobody knows.
            job.take(agent.sees(beginning())).take(agent.quiet(5, 5));

            agent.restarts();
            job.take(agent.sees(end())).take(agent.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly("40000 from 0.000 to 30.003: 8 packets, fin");
        }
    }

    private static TcpConversation beginning() {
        return conversation(40_000).handshake().clientSends(10);
    }

    private static TcpConversation end() {
        return conversation(40_000)
                .captured(false)
                .handshake()
                .clientSends(10)
                .captured(true)
                .at(at(30))
                .serverSends(20)
                .close();
    }

    private static List<BatchRecord> run(String name, long bootId, List<TimedFrame> frames) {
        Gateway gateway = Gateway.ofFile(name, bootId);
        List<BatchRecord> records = new ArrayList<>(gateway.sees(frames));
        records.addAll(gateway.stopsForGood());
        return records;
    }

    private static List<SessionRow> rowsOf(List<BatchRecord> run) throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(1)) {
            job.take(run);
            assertThat(job.table().rows()).hasSizeGreaterThan(50);
            return List.copyOf(job.table().rows());
        }
    }

    private static void assertSame(HandDrivenJob job, List<SessionRow> expected) throws Exception {
        job.table().assertHolds(expected);
        assertThat(job.held()).isZero();
    }
}
