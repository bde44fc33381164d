package io.gatewatch.job.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameHistory;
import io.gatewatch.dns.names.NameKey;
import io.gatewatch.dns.names.NameSource;
import io.gatewatch.job.Rows;
import io.gatewatch.job.session.FlowKeySerializer;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.RowKind;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.address.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamingFunctionTest {
    private static final long START_NS = Rows.START_NS;
    private static final long START_MS = START_NS / 1_000_000;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SETTLED_MS = START_MS + 30_000 + 1;
    private static final FlowKey KEY = new FlowKey("site", -1, 6, 4, 0, 1, 0, 2, 3, 4);

    private KeyedBroadcastOperatorTestHarness<FlowKey, KeyedRow, BroadcastFact, SessionRow> harness;

    private void open(boolean live) throws Exception {
        harness = harness(live, 1, 0);
        harness.open();
    }

    private static KeyedBroadcastOperatorTestHarness<FlowKey, KeyedRow, BroadcastFact, SessionRow>
            harness(boolean live, int parallelism, int subtask) throws Exception {
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new NamingFunction(live, 1000, Duration.ofMinutes(20)),
                        List.of(NamingFunction.NAMES)),
                KeyedRow::key,
                FlowKeySerializer.TYPE,
                720,
                parallelism,
                subtask);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    /** As in traffic, both addresses are of one version. */
    private static SessionRow ended(long revision) {
        SessionRow row = Rows.of(1, revision);
        row.serverIp = new byte[] {(byte) 198, 51, 100, 7};
        return row;
    }

    private static BroadcastFact answer(String name, long timeNs) {
        return answerTo(IpAddress.ofBytes(ended(29).clientIp).toString(), name, timeNs);
    }

    private static BroadcastFact answerTo(String client, String name, long timeNs) {
        SessionRow row = ended(29);
        return new BroadcastFact.Name(
                new NameFact(
                        row.site,
                        IpAddress.parse(client),
                        IpAddress.ofBytes(row.serverIp),
                        NameSource.DNS,
                        name,
                        timeNs,
                        300));
    }

    private void tell(String name, long timeNs) throws Exception {
        harness.processBroadcastElement(new StreamRecord<>(answer(name, timeNs)));
    }

    private void row(SessionRow row) throws Exception {
        harness.processElement(new StreamRecord<>(new KeyedRow(KEY, row, true)));
    }

    private void watermark(long timeMs) throws Exception {
        harness.processWatermark(new Watermark(timeMs));
        harness.processBroadcastWatermark(new Watermark(timeMs));
    }

    private static SessionRow open(long revision) {
        SessionRow row = ended(revision);
        row.kind = RowKind.INTERIM;
        row.endReason = EndReason.OPEN;
        return row;
    }

    private List<String> hosts() {
        return harness.extractOutputValues().stream().map(row -> row.host).toList();
    }

    private int keyedStates() {
        AbstractStreamOperator<SessionRow> operator = harness.getOperator();
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend())
                .numKeyValueStateEntries();
    }

    private void remind(SessionRow row) throws Exception {
        harness.processElement(new StreamRecord<>(new KeyedRow(KEY, row, false)));
    }

    private static SessionRow lingering(long revision) {
        SessionRow row = ended(revision);
        row.kind = RowKind.ENDED;
        return row;
    }

    @Test
    void shouldWaitForAllAnswersOfTheTimeInABoundedRun() throws Exception {
        open(false);
        tell("old.example", START_NS - 10 * SECOND_NS);
        row(ended(29));
        assertThat(hosts()).isEmpty();
        tell("new.example", START_NS - SECOND_NS);
        tell("later.example", START_NS + SECOND_NS);
        watermark(SETTLED_MS - 1);
        assertThat(hosts()).as("an answer's fragments may still come").isEmpty();

        watermark(SETTLED_MS);

        assertThat(hosts()).containsExactly("new.example");
        SessionRow named = harness.extractOutputValues().get(0);
        assertThat(named.hostSource).isEqualTo("dns");
        assertThat(named.hostAgeS).isEqualTo(1);
        assertThat(named.hostTtlS).isEqualTo(300);
    }

    @Test
    void shouldNotHoldRowsWhoseTimeHasCome() throws Exception {
        open(false);
        watermark(SETTLED_MS);

        row(ended(29));

        assertThat(hosts()).containsExactly((String) null);
    }

    @Test
    void shouldKnowTheNameOfTheStartWhenALongSessionEnds() throws Exception {
        open(false);
        tell("start.example", START_NS - SECOND_NS);
        watermark(SETTLED_MS);
        remind(open(4));
        for (int hour = 1; hour <= 30; hour++) {
            tell("later.example", START_NS + hour * 3600L * SECOND_NS);
            watermark(START_MS + hour * 3_600_000L);
        }
        assertThat(names()).as("the first answer is forgotten").isLessThan(30);

        row(ended(13));

        assertThat(hosts()).containsExactly("start.example");
        assertThat(keyedStates()).isZero();
    }

    @Test
    void shouldSayTheSameHoweverFarAnswersAreAhead() throws Exception {
        open(false);
        tell("start.example", START_NS - SECOND_NS);
        for (int i = 0; i < 100; i++) {
            tell("later.example", START_NS + (1 + 60L * i) * SECOND_NS);
        }
        watermark(SETTLED_MS);

        row(ended(29));

        assertThat(hosts()).containsExactly("start.example");
    }

    @Test
    void shouldLeaveBetterNamesAlone() throws Exception {
        open(false);
        tell("dns.example", START_NS - SECOND_NS);
        SessionRow row = ended(29);
        row.host = "sni.example";
        row.hostSource = "tls_sni";

        row(row);

        assertThat(hosts()).containsExactly("sni.example");
    }

    @Test
    void shouldNameAnOpenSessionWithItsNextRow() throws Exception {
        open(true);
        row(open(4));
        tell("www.example", START_NS - SECOND_NS / 5);

        row(open(8));

        assertThat(hosts()).containsExactly(null, "www.example");
    }

    @Test
    void shouldWriteAClosedSessionAgainWhenItsNameComes() throws Exception {
        open(true);
        harness.setProcessingTime(1_000);
        row(lingering(29));
        tell("www.example", START_NS - SECOND_NS);
        assertThat(hosts()).containsExactly((String) null);

        harness.setProcessingTime(1_000 + NamingFunction.FIRST_LOOK_MS);

        assertThat(hosts()).containsExactly(null, "www.example");
        List<SessionRow> rows = harness.extractOutputValues();
        assertThat(rows.get(1).sessionId).isEqualTo(rows.get(0).sessionId);
        assertThat(rows.get(1).revision).isEqualTo(rows.get(0).revision);
        harness.setProcessingTime(1_000 + NamingFunction.LAST_LOOK_MS);
        assertThat(hosts()).hasSize(2);
        assertThat(keyedStates()).isZero();
    }

    @Test
    void shouldWriteAClosedSessionAgainWhenItsClientsOwnAnswerComes() throws Exception {
        open(true);
        harness.processBroadcastElement(
                new StreamRecord<>(answerTo("10.9.9.9", "other.example", START_NS - SECOND_NS)));
        row(lingering(29));
        tell("own.example", START_NS - 2 * SECOND_NS);

        harness.setProcessingTime(NamingFunction.FIRST_LOOK_MS);

        assertThat(hosts()).containsExactly("other.example", "own.example");
    }

    @Test
    void shouldNameASessionOfACaptureFromThePast() throws Exception {
        open(true);
        tell("today.example", START_NS + 86_400 * SECOND_NS);
        watermark(START_MS + 2 * 86_400_000L);
        tell("tomorrow.example", START_NS + 2 * 86_400 * SECOND_NS);
        row(ended(29));
        tell("past.example", START_NS - SECOND_NS);

        harness.setProcessingTime(NamingFunction.FIRST_LOOK_MS);

        assertThat(hosts()).containsExactly(null, "past.example");
        assertThat(keyedStates()).isZero();
    }

    @Test
    void shouldForgetANamelessSessionAfterTheLastLook() throws Exception {
        open(true);
        row(lingering(29));

        harness.setProcessingTime(NamingFunction.LAST_LOOK_MS);
        tell("www.example", START_NS - SECOND_NS);
        harness.setProcessingTime(2 * NamingFunction.LAST_LOOK_MS);

        assertThat(hosts()).containsExactly((String) null);
        assertThat(keyedStates()).isZero();
    }

    @Test
    void shouldWriteAClosedSessionAgainWhenABetterNameHasCome() throws Exception {
        open(true);
        tell("old.example", START_NS - 10 * SECOND_NS);
        row(lingering(29));
        tell("new.example", START_NS - SECOND_NS);
        watermark(SETTLED_MS);

        remind(ended(29));

        assertThat(hosts()).containsExactly("old.example", "new.example");
        assertThat(keyedStates()).isZero();
    }

    @Test
    void shouldNotWriteAClosedSessionAgainWhenNothingHasChanged() throws Exception {
        open(true);
        tell("www.example", START_NS - SECOND_NS);
        row(lingering(29));
        watermark(SETTLED_MS);

        remind(ended(29));

        assertThat(hosts()).containsExactly("www.example");
        assertThat(keyedStates()).isZero();
    }

    @Test
    void shouldWriteALastRowAgainThatCameTooEarly() throws Exception {
        open(true);
        tell("old.example", START_NS - 10 * SECOND_NS);
        row(ended(29));
        tell("new.example", START_NS - SECOND_NS);

        watermark(SETTLED_MS);

        assertThat(hosts()).containsExactly("old.example", "new.example");
        assertThat(keyedStates()).isZero();
    }

    @Test
    void shouldKeepTheNameOfALongSession() throws Exception {
        open(true);
        tell("www.example", START_NS - SECOND_NS);
        row(open(4));
        watermark(START_MS + 3 * 86_400_000L);
        tell("other.example", START_NS + 3 * 86_400 * SECOND_NS);

        row(open(8));
        row(ended(13));

        assertThat(hosts()).containsExactly("www.example", "www.example", "www.example");
        assertThat(keyedStates()).isZero();
    }

    private int names() throws Exception {
        int answers = 0;
        for (Map.Entry<NameKey, NameHistory> entry :
                harness.getBroadcastState(NamingFunction.NAMES).entries()) {
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            entry.getValue().write(bytes);
            answers += new DataInputDeserializer(bytes.getCopyOfBuffer()).readInt();
        }
        return answers;
    }

    @Test
    void shouldRestoreNamesAndWaitingRowsAtAnotherParallelism() throws Exception {
        open(false);
        tell("www.example", START_NS - SECOND_NS);
        row(ended(29));
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        List<String> named = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            harness = harness(false, 3, subtask);
            harness.setup();
            harness.initializeState(
                    KeyedBroadcastOperatorTestHarness.repartitionOperatorState(
                            state, 720, 1, 3, subtask));
            harness.open();
            assertThat(names()).isEqualTo(1);

            watermark(SETTLED_MS);

            named.addAll(hosts());
            if (subtask < 2) {
                harness.close();
            }
        }

        assertThat(named).containsExactly("www.example");
    }
}
