package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How many batches were sent to four partitions of packets and two of DNS, and how many of them the
 * newest complete checkpoint of the job is behind of: the job commits its offsets then.
 */
final class GroupOffsets implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MS = 50;
    private static final String GROUP = "gatewatch-job";
    private static final List<TopicPartition> PARTITIONS =
            Stream.concat(partitions("gatewatch.packets", 4), partitions("gatewatch.dns", 2))
                    .toList();

    private final Admin admin;

    GroupOffsets(String kafka) {
        admin = Admin.create(Map.of("bootstrap.servers", kafka));
    }

    private static Stream<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(number -> new TopicPartition(topic, number));
    }

    long sent() throws Exception {
        return admin
                .listOffsets(
                        PARTITIONS.stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(), place -> OffsetSpec.latest())))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    long committed() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
        return PARTITIONS.stream()
                .map(offsets::get)
                .mapToLong(offset -> offset == null ? 0 : offset.offset())
                .sum();
    }

    /** Waits until a checkpoint covers everything that was sent, and says how much that is. */
    long awaitCheckpointOfAll() throws Exception {
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        long committed = committed();
        while (committed == 0 || committed < sent()) {
            pause(deadlineNs, "checkpoint of all that was sent");
            committed = committed();
        }
        return committed;
    }

    /** Waits until more was sent, and says how much. */
    long awaitMoreThan(long before) throws Exception {
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        long sent = sent();
        while (sent <= before) {
            pause(deadlineNs, "more than " + before + " batches");
            sent = sent();
        }
        return sent;
    }

    private static void pause(long deadlineNs, String what) throws InterruptedException {
        assertThat(System.nanoTime()).as(what).isLessThan(deadlineNs);
        TimeUnit.MILLISECONDS.sleep(POLL_MS); // other processes work
    }

    @Override
    public void close() {
        admin.close();
    }
}
