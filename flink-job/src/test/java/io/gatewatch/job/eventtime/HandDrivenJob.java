package io.gatewatch.job.eventtime;

import io.gatewatch.job.JobGraph;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.session.CutOperator;
import io.gatewatch.job.session.FlowKeySerializer;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.job.session.SessionOperator;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.topics.Topics;
import io.gatewatch.traffic.flow.FlowKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * The operators of the live job between Kafka and the database, at any parallelism, without
 * threads: records come when the test hands them over, the wall clock stands until it is set, and
 * everything that follows from it is done when the call returns. Slices and watermarks travel
 * between subtasks as in a cluster, and a restart keeps what a checkpoint keeps.
 */
final class HandDrivenJob implements AutoCloseable {
    private static final JobSettings SETTINGS = JobSettings.defaults();

    private final SessionTable table = new SessionTable();
    private final List<CutSubtask> cuts = new ArrayList<>();
    private final List<SessionSubtask> sessions = new ArrayList<>();
    private final List<Set<FlowKey>> keys = new ArrayList<>();
    private int restarts;
    private long watermarkMs;

    private HandDrivenJob() {}

    static HandDrivenJob start(int parallelism) throws Exception {
        HandDrivenJob job = new HandDrivenJob();
        job.open(parallelism, null, null);
        return job;
    }

    private void open(
            int parallelism, List<OperatorSubtaskState> cut, List<OperatorSubtaskState> session)
            throws Exception {
        int readers = Math.min(parallelism, Gateway.PACKET_PARTITIONS);
        for (int subtask = 0; subtask < readers; subtask++) {
            cuts.add(restored(new CutSubtask(readers, subtask), cut, readers, subtask));
        }
        for (int subtask = 0; subtask < parallelism; subtask++) {
            sessions.add(
                    restored(
                            new SessionSubtask(parallelism, subtask),
                            session,
                            parallelism,
                            subtask));
            keys.add(new HashSet<>());
        }
        watermarkMs = Long.MIN_VALUE;
        for (int partition = 0; partition < Gateway.PACKET_PARTITIONS; partition++) {
            reader(partition).take(BatchRecord.assigned(Topics.PACKETS, partition));
        }
        for (int partition = 0; partition < Gateway.DNS_PARTITIONS; partition++) {
            reader(partition).take(BatchRecord.assigned(Topics.DNS, partition));
        }
    }

    private static <H extends AbstractStreamOperatorTestHarness<?>> H restored(
            H harness, List<OperatorSubtaskState> states, int parallelism, int subtask)
            throws Exception {
        if (states != null) {
            OperatorSubtaskState[] parts = states.toArray(OperatorSubtaskState[]::new);
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            AbstractStreamOperatorTestHarness.repackageState(parts),
                            JobGraph.MAX_PARALLELISM,
                            parts.length,
                            parallelism,
                            subtask));
        }
        harness.open();
        return harness;
    }

    /** Partitions change hands with every restart. */
    private CutSubtask reader(int partition) {
        return cuts.get((partition + restarts) % cuts.size());
    }

    /** Takes records in this order. */
    HandDrivenJob take(List<BatchRecord> records) throws Exception {
        for (BatchRecord record : records) {
            take(record);
        }
        return this;
    }

    void take(BatchRecord record) throws Exception {
        CutSubtask cut = reader(record.partition());
        cut.take(record);
        for (Object element : cut.getOutput()) {
            if (element instanceof Watermark watermark) {
                cut.watermarkMs = watermark.getTimestamp();
                passOn();
            } else if (element instanceof StreamRecord<?> slice) {
                passOn((FlowSlice) slice.getValue());
            }
        }
        cut.getOutput().clear();
        collect();
    }

    private void passOn(FlowSlice slice) throws Exception {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        slice.key(), JobGraph.MAX_PARALLELISM, sessions.size());
        keys.get(subtask).add(slice.key());
        sessions.get(subtask).processElement(new StreamRecord<>(slice));
    }

    /** As Flink does: the slowest of the cutting subtasks counts. */
    private void passOn() throws Exception {
        long slowest = cuts.stream().mapToLong(cut -> cut.watermarkMs).min().orElseThrow();
        if (slowest > watermarkMs) {
            watermarkMs = slowest;
            for (SessionSubtask subtask : sessions) {
                subtask.processWatermark(new Watermark(slowest));
            }
        }
    }

    private void collect() {
        for (SessionSubtask subtask : sessions) {
            subtask.extractOutputValues().forEach(row -> table.put(row.row()));
            subtask.getOutput().clear();
        }
    }

    /** Sets the wall clock, in seconds. Timers that were due meanwhile fire at that time. */
    HandDrivenJob wallClock(long seconds) throws Exception {
        for (SessionSubtask subtask : sessions) {
            subtask.setProcessingTime(seconds * 1_000);
        }
        collect();
        return this;
    }

    /** Stops with a checkpoint and goes on from it. */
    HandDrivenJob restart(int parallelism) throws Exception {
        List<OperatorSubtaskState> cut = new ArrayList<>();
        for (CutSubtask subtask : cuts) {
            cut.add(subtask.snapshot(1, 1));
        }
        List<OperatorSubtaskState> session = new ArrayList<>();
        for (SessionSubtask subtask : sessions) {
            session.add(subtask.snapshot(1, 1));
        }
        close();
        restarts++;
        open(parallelism, cut, session);
        return this;
    }

    /** What the database holds. */
    SessionTable table() {
        return table;
    }

    /** Sessions in state. */
    int held() {
        return sessions.stream().mapToInt(SessionSubtask::numKeyedStateEntries).sum();
    }

    /** How many keys each subtask has had since the last restart. */
    List<Integer> keysOfSubtasks() {
        return keys.stream().map(Set::size).toList();
    }

    @Override
    public void close() {
        cuts.forEach(CutSubtask::close);
        cuts.clear();
        sessions.forEach(SessionSubtask::close);
        sessions.clear();
        keys.clear();
    }

    private static final class CutSubtask
            extends OneInputStreamOperatorTestHarness<BatchRecord, FlowSlice> {
        private long watermarkMs = Long.MIN_VALUE;

        CutSubtask(int parallelism, int subtask) throws Exception {
            super(
                    new CutOperator(SETTINGS.clock()),
                    JobGraph.MAX_PARALLELISM,
                    parallelism,
                    subtask);
        }

        void take(BatchRecord record) throws Exception {
            processElement(new StreamRecord<>(record));
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class SessionSubtask
            extends KeyedOneInputStreamOperatorTestHarness<FlowKey, FlowSlice, KeyedRow> {
        SessionSubtask(int parallelism, int subtask) throws Exception {
            super(
                    new SessionOperator(SETTINGS.sessions()),
                    FlowSlice::key,
                    FlowKeySerializer.TYPE,
                    JobGraph.MAX_PARALLELISM,
                    parallelism,
                    subtask);
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
