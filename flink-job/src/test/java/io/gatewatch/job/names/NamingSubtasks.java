package io.gatewatch.job.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.dns.names.NameFact;
import io.gatewatch.job.JobGraph;
import io.gatewatch.job.session.FlowKeySerializer;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;

/**
 * The naming step of a bounded run at any parallelism, without threads: facts go to every subtask,
 * rows to the one that has their key, and a restart keeps what a checkpoint keeps.
 */
final class NamingSubtasks implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();

    private final int maxAnswers;
    private final List<NamingFunction> functions = new ArrayList<>();
    private final List<
                    KeyedBroadcastOperatorTestHarness<FlowKey, KeyedRow, BroadcastFact, SessionRow>>
            harnesses = new ArrayList<>();
    private final List<SessionRow> rows = new ArrayList<>();
    private long evictedBefore;

    private NamingSubtasks(int maxAnswers) {
        this.maxAnswers = maxAnswers;
    }

    static NamingSubtasks start(int parallelism, int maxAnswers) throws Exception {
        NamingSubtasks subtasks = new NamingSubtasks(maxAnswers);
        subtasks.open(parallelism, null);
        return subtasks;
    }

    private void open(int parallelism, OperatorSubtaskState[] states) throws Exception {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            NamingFunction function = new NamingFunction(false, maxAnswers, Duration.ofHours(1));
            var harness =
                    new KeyedBroadcastOperatorTestHarness<
                            FlowKey, KeyedRow, BroadcastFact, SessionRow>(
                            new CoBroadcastWithKeyedOperator<>(
                                    function, List.of(NamingFunction.NAMES)),
                            KeyedRow::key,
                            FlowKeySerializer.TYPE,
                            JobGraph.MAX_PARALLELISM,
                            parallelism,
                            subtask);
            harness.setup();
            if (states != null) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                AbstractStreamOperatorTestHarness.repackageState(states),
                                JobGraph.MAX_PARALLELISM,
                                states.length,
                                parallelism,
                                subtask));
            }
            harness.open();
            functions.add(function);
            harnesses.add(harness);
        }
    }

    void tell(List<NameFact> facts) throws Exception {
        for (NameFact fact : facts) {
            for (var harness : harnesses) {
                harness.processBroadcastElement(new StreamRecord<>(new BroadcastFact.Name(fact)));
            }
        }
    }

    void take(KeyedRow row) throws Exception {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        row.key(), JobGraph.MAX_PARALLELISM, harnesses.size());
        harnesses.get(subtask).processElement(new StreamRecord<>(row));
    }

    void watermark(long timeMs) throws Exception {
        for (var harness : harnesses) {
            harness.processWatermark(new Watermark(timeMs));
            harness.processBroadcastWatermark(new Watermark(timeMs));
        }
    }

    /** Stops with a checkpoint and goes on from it. */
    void restart(int parallelism) throws Exception {
        int answers = answers();
        evictedBefore = evicted();
        OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = harnesses.get(i).snapshot(1, 1);
        }
        close();
        open(parallelism, states);
        assertThat(answers()).as("before anything is told").isEqualTo(answers);
    }

    /** The table of names, which every subtask has. */
    SortedSet<String> table() throws Exception {
        SortedSet<String> first = null;
        for (var harness : harnesses) {
            SortedSet<String> table = new TreeSet<>();
            for (var entry : harness.getBroadcastState(NamingFunction.NAMES).entries()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                entry.getKey().write(new DataOutputStream(bytes));
                entry.getValue().write(new DataOutputStream(bytes));
                table.add(HEX.formatHex(bytes.toByteArray()));
            }
            assertThat(first == null || first.equals(table)).as("subtasks have the same").isTrue();
            first = table;
        }
        return first;
    }

    int answers() {
        List<Integer> answers = functions.stream().map(each -> each.table().answers()).toList();
        assertThat(answers.stream().distinct()).as("in each subtask").hasSize(1);
        return answers.get(0);
    }

    /** Since the first start. */
    long evicted() {
        List<Long> evicted = functions.stream().map(each -> each.table().evicted()).toList();
        assertThat(evicted.stream().distinct()).as("in each subtask").hasSize(1);
        return evictedBefore + evicted.get(0);
    }

    /** Names of all rows so far, by the number of the session. */
    Map<Integer, String> hosts() {
        collect();
        Map<Integer, String> hosts = new TreeMap<>();
        for (SessionRow row : rows) {
            String told = row.host + " " + row.hostSource + " " + row.hostAgeS + " " + row.hostTtlS;
            assertThat(hosts.put((int) row.sessionId[15], told)).as("written once").isNull();
        }
        return hosts;
    }

    private void collect() {
        for (var harness : harnesses) {
            rows.addAll(harness.extractOutputValues());
            harness.getOutput().clear();
        }
    }

    @Override
    public void close() {
        collect();
        for (var harness : harnesses) {
            try {
                harness.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        harnesses.clear();
        functions.clear();
    }
}
