package io.gatewatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.sink.jdbc.JdbcSettings;
import io.gatewatch.job.sink.lines.LineFormat;
import io.gatewatch.job.source.capture.OpenCapture;
import io.gatewatch.job.type.VersionedSerializer;
import io.gatewatch.job.upkeep.PartitionUpkeep;
import io.gatewatch.partitions.DayPartitions;
import io.gatewatch.testing.CaptureFileBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the graph of every command. */
class JobGraphTest {
    private static final int PARALLELISM = 4;
    private static final int PACKET_PARTITIONS = 3;

    /**
     * Messages of Flink's own sinks between their writer and committer carry Flink's serializers.
     */
    private static final String SINK_COMMITTER = "Committer";

    static Stream<Arguments> graphs() throws IOException {
        return Stream.of(Arguments.of("job", liveGraph()), Arguments.of("analyze", analyzeGraph()));
    }

    private static StreamGraph liveGraph() {
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(JobConfiguration.common());
        environment.setParallelism(PARALLELISM);
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", "127.0.0.1:9092");
        JdbcSettings jdbc = new JdbcSettings("jdbc:mysql://127.0.0.1/gatewatch", "user", "secret");
        PartitionUpkeep upkeep = new PartitionUpkeep(jdbc, DayPartitions.FOR_EVER);
        new LiveJob(JobSettings.defaults(), kafka, jdbc, upkeep)
                .build(environment, PACKET_PARTITIONS);
        return environment.getStreamGraph();
    }

    private static StreamGraph analyzeGraph() throws IOException {
        CaptureReader reader =
                CaptureReader.open(
                        new ByteArrayInputStream(CaptureFileBuilder.pcap().toByteArray()));
        OpenCapture capture = new OpenCapture(reader, BatchSettings.defaults("site", "gateway", 0));
        return new AnalyzeJob(JobSettings.defaults(), LineFormat.JSONL, PARALLELISM)
                .environment(capture.leave(), Path.of("sessions.jsonl"))
                .getStreamGraph();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void shouldMoveEverythingBySerializersOfOurOwn(String command, StreamGraph graph) {
        List<TypeSerializer<?>> serializers = new ArrayList<>();
        for (StreamNode node : graph.getStreamNodes()) {
            if (node.getOperatorName().contains(SINK_COMMITTER)) {
                continue;
            }
            serializers.addAll(List.of(node.getTypeSerializersIn()));
            boolean toCommitter =
                    node.getOutEdges().stream()
                            .map(edge -> graph.getStreamNode(edge.getTargetId()))
                            .anyMatch(target -> target.getOperatorName().contains(SINK_COMMITTER));
            if (!node.getOutEdges().isEmpty() && !toCommitter) {
                serializers.add(node.getTypeSerializerOut());
            }
            if (node.getStateKeySerializer() != null) {
                serializers.add(node.getStateKeySerializer());
            }
        }

        assertThat(serializers).as(command).hasSizeGreaterThan(8);
        assertThat(serializers).allMatch(VersionedSerializer.class::isInstance);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void shouldNameEveryOperatorForSavepoints(String command, StreamGraph graph) {
        assertThat(graph.getStreamNodes())
                .as(command)
                .allSatisfy(
                        node ->
                                assertThat(node.getTransformationUID())
                                        .as(node.getOperatorName())
                                        .isNotNull());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void shouldShufflePacketsOnce(String command, StreamGraph graph) {
        List<StreamEdge> shuffles = new ArrayList<>();
        for (StreamNode node : graph.getStreamNodes()) {
            for (StreamEdge edge : node.getOutEdges()) {
                String target = graph.getStreamNode(edge.getTargetId()).getTransformationUID();
                boolean packets =
                        !OperatorIds.LEDGER.equals(target) && !OperatorIds.DNS.equals(target);
                if (packets && edge.getPartitioner().toString().equals("HASH")) {
                    shuffles.add(edge);
                }
            }
        }

        assertThat(shuffles).as(command).hasSize(1);
    }

    @Test
    void shouldNotGiveTheSourceMoreSubtasksThanThereArePartitions() {
        StreamNode source =
                liveGraph().getStreamNodes().stream()
                        .filter(node -> OperatorIds.BATCHES.equals(node.getTransformationUID()))
                        .findFirst()
                        .orElseThrow();

        assertThat(source.getParallelism()).isEqualTo(PACKET_PARTITIONS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graphs")
    void shouldFixTheNumberOfKeyGroups(String command, StreamGraph graph) {
        assertThat(graph.getStreamNodes())
                .as(command)
                .filteredOn(node -> node.getStateKeySerializer() != null)
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(node -> node.getMaxParallelism() == JobGraph.MAX_PARALLELISM);
    }
}
