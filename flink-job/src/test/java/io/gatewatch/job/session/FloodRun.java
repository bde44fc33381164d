package io.gatewatch.job.session;

import io.gatewatch.job.JobGraph;
import io.gatewatch.job.OperatorHarness;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.dns.DnsFunction;
import io.gatewatch.job.names.BroadcastFact;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.BatchRecordSerializer;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.Collector;

/**
 * A flood through the job's operators, in a process of its own whose heap is what is tested. Prints
 * what came of it, as {@code NAME VALUE} lines.
 */
public final class FloodRun {
    /** In one process all tasks are threads: the last row of each conversation, by port. */
    private static final Map<Integer, SessionRow> CONVERSATIONS = new TreeMap<>();

    private static final long[] ENDED = new long[EndReason.values().length];
    private static long packets;

    private FloodRun() {}

    /**
     * Plays a flood, or weighs its sessions.
     *
     * @param arguments {@code flood FLOWS MAX-SESSIONS FOLDER} or {@code weigh FLOWS}
     */
    public static void main(String[] arguments) throws Exception {
        int flows = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("weigh")) {
            weigh(flows);
        } else {
            flood(flows, Integer.parseInt(arguments[2]), Path.of(arguments[3]));
        }
    }

    private static void say(String name, Object value) {
        PrintStream out = System.out;
        out.println(name + " " + value);
    }

    private static void flood(int flows, int maxSessions, Path folder) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(2));
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        environment.setMaxParallelism(JobGraph.MAX_PARALLELISM);
        JobSettings settings =
                new JobSettings(
                        LimitedSettings.of(maxSessions),
                        JobSettings.DEFAULT_GATEWAY_GRACE,
                        JobSettings.DEFAULT_MAX_NAMES);
        SingleOutputStreamOperator<BatchRecord> batches =
                environment
                        .fromSequence(1, Flood.steps(flows))
                        .flatMap(new FloodSource(flows))
                        .returns(BatchRecordSerializer.TYPE)
                        .assignTimestampsAndWatermarks(WatermarkStrategy.noWatermarks());
        SingleOutputStreamOperator<FlowSlice> slices = JobGraph.slices(batches, settings);
        DataStream<BroadcastFact> facts =
                JobGraph.dnsLog(slices.getSideOutput(CutFunction.DNS_SLICES))
                        .getSideOutput(DnsFunction.FACTS);
        JobGraph.names(JobGraph.sessions(slices, settings), facts, settings)
                .process(new Counting())
                .sinkTo(new DiscardingSink<>());
        environment.execute();
        say("packets", packets);
        for (EndReason reason : EndReason.values()) {
            say(reason.text(), ENDED[reason.ordinal()]);
        }
        for (Map.Entry<Integer, SessionRow> row : CONVERSATIONS.entrySet()) {
            say("conversation-" + row.getKey(), Arrays.hashCode(bytes(row.getValue())));
        }
    }

    private static byte[] bytes(SessionRow row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        row.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static final class FloodSource extends RichFlatMapFunction<Long, BatchRecord> {
        private static final long serialVersionUID = 1L;

        private final int flows;
        private transient Flood flood;

        FloodSource(int flows) {
            this.flows = flows;
        }

        @Override
        public void flatMap(Long step, Collector<BatchRecord> out) {
            if (flood == null) {
                flood = new Flood(flows);
            }
            flood.next(out::collect);
        }
    }

    private static final class Counting extends ProcessFunction<SessionRow, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(SessionRow row, Context context, Collector<Long> out) {
            if (row.serverPort == 443) {
                CONVERSATIONS.merge(
                        row.clientPort,
                        row,
                        (held, next) -> next.revision >= held.revision ? next : held);
            } else if (row.endReason != EndReason.OPEN) {
                packets += row.clientPackets + row.serverPackets;
                ENDED[row.endReason.ordinal()]++;
            }
        }
    }

    /** Heap that a session takes, with its timers, as the heap's state backend keeps it. */
    private static void weigh(int flows) throws Exception {
        try (SessionsHarness sessions =
                new SessionsHarness(
                        LimitedSettings.of(3 * flows), JobGraph.MAX_PARALLELISM, 1, 0)) {
            sessions.open();
            long empty = used();
            feed(flows, sessions);
            say("sessions", sessions.numKeyedStateEntries());
            say("bytes-per-session", (used() - empty) / sessions.numKeyedStateEntries());
        }
    }

    private static void feed(int flows, SessionsHarness to) throws Exception {
        Flood flood = new Flood(flows);
        FlowSliceSerializer serializer = new FlowSliceSerializer();
        List<BatchRecord> batches = new ArrayList<>();
        try (OperatorHarness<BatchRecord, FlowSlice> cut =
                new OperatorHarness<>(new CutOperator(JobSettings.defaults().clock()))) {
            cut.open();
            for (int step = 1; step < Flood.steps(flows); step++) {
                flood.next(batches::add);
                for (BatchRecord batch : batches) {
                    cut.processElement(new StreamRecord<>(batch));
                }
                batches.clear();
                for (FlowSlice slice : cut.extractOutputValues()) {
                    to.processElement(new StreamRecord<>(shuffled(serializer, slice)));
                }
                cut.getOutput().clear();
            }
        }
    }

    private static FlowSlice shuffled(FlowSliceSerializer serializer, FlowSlice slice)
            throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(256);
        serializer.serialize(slice, bytes);
        return serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer()));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
