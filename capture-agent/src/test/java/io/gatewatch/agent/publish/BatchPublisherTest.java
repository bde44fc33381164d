package io.gatewatch.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.Reports;
import io.gatewatch.agent.metrics.AgentReport;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.topics.KafkaOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchPublisherTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final int HEAD_BYTES = 54;

    private final CountDownLatch failed = new CountDownLatch(1);
    private MockProducer<byte[], byte[]> producer;
    private BatchPublisher publisher;

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void shouldSendBatchesToTheirPartitionsInOrder() throws InterruptedException {
        start(true, 1 << 20);

        accept(BatchTopic.PACKETS, 3, "a", 1);
        accept(BatchTopic.DNS, 1, "b", 1);
        accept(BatchTopic.PACKETS, 3, "c", 0);
        publisher.end();

        assertThat(publisher.awaitDelivery(LONG)).isTrue();
        assertThat(producer.history())
                .map(BatchPublisherTest::describe)
                .containsExactly(
                        "gatewatch.packets/3=a", "gatewatch.dns/1=b", "gatewatch.packets/3=c");
        assertThat(publisher.backlog().batches()).isZero();
        assertThat(publisher.backlog().settledBatches()).isEqualTo(3);
    }

    @Test
    void shouldSayWhoSentABatch() throws InterruptedException {
        start(true, 1 << 20);

        accept(BatchTopic.PACKETS, 0, "a", 1);
        publisher.end();
        publisher.awaitDelivery(LONG);

        List<String> headers = new ArrayList<>();
        for (Header header : producer.history().get(0).headers()) {
            headers.add(header.key() + "=" + text(header.value()));
        }
        assertThat(headers)
                .containsExactly(
                        "gateway=gw", "site=site", "version=1", "batch=0000000000000001:2:3:4");
    }

    @Test
    void shouldCopyWhatItTakes() throws InterruptedException {
        start(true, 1 << 20);
        byte[] reused = batch("first");

        publisher.accept(BatchTopic.PACKETS, 0, reused, reused.length, 1);
        reused[HEAD_BYTES] = 'X';
        publisher.end();
        publisher.awaitDelivery(LONG);

        assertThat(producer.history())
                .map(BatchPublisherTest::describe)
                .containsExactly("gatewatch.packets/0=first");
    }

    @Test
    void shouldRefuseInsteadOfWaitingWhileCapturingLive() {
        create(true, 700);

        assertThat(accept(BatchTopic.PACKETS, 0, "a", 5)).isTrue();
        assertThat(accept(BatchTopic.PACKETS, 0, "b", 5)).isTrue();
        assertThat(accept(BatchTopic.PACKETS, 0, "c", 5)).isFalse();
        assertThat(publisher.backlog().batches()).isEqualTo(2);
    }

    @Test
    void shouldWaitForRoomWhenAllowedTo() throws InterruptedException {
        create(true, 700);
        publisher.waitWhenFull(LONG);
        accept(BatchTopic.PACKETS, 0, "a", 5);
        accept(BatchTopic.PACKETS, 0, "b", 5);

        publisher.start();

        assertThat(accept(BatchTopic.PACKETS, 0, "c", 5)).isTrue();
        publisher.end();
        assertThat(publisher.awaitDelivery(LONG)).isTrue();
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void shouldCountABatchAsDeliveredOnlyWhenKafkaHasAcknowledgedIt() {
        start(false, 1 << 20);
        accept(BatchTopic.PACKETS, 0, "a", 5);
        awaitHistory(1);
        assertThat(publisher.backlog().batches()).isEqualTo(1);

        producer.completeNext();

        assertThat(publisher.backlog().batches()).isZero();
        assertThat(publisher.backlog().settledBatches()).isEqualTo(1);
    }

    @Test
    void shouldEndWhenKafkaRefusesForGood() throws InterruptedException {
        create(true, 1 << 20);
        producer.sendException = new TopicAuthorizationException("not yours");
        publisher.start();

        accept(BatchTopic.PACKETS, 0, "a", 5);
        failed.await();

        assertThat(publisher.failure())
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> {
                            assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                            assertThat(failure).hasMessageContaining("not yours");
                        });
        assertThat(accept(BatchTopic.PACKETS, 0, "b", 5)).isFalse();
        assertThat(publisher.awaitDelivery(LONG)).isTrue();
    }

    @Test
    void shouldCountABatchThatTheBrokerFindsTooLargeAndGoOn() throws InterruptedException {
        start(false, 1 << 20);
        accept(BatchTopic.PACKETS, 0, "a", 5);
        accept(BatchTopic.PACKETS, 0, "b", 5);

        awaitHistory(2);
        producer.errorNext(new RecordTooLargeException("too large"));
        producer.completeNext();

        assertThat(publisher.failure()).isNull();
        assertThat(publisher.backlog().failedBatches()).isEqualTo(1);
        assertThat(publisher.backlog().failedPackets()).isEqualTo(5);
        assertThat(publisher.backlog().settledBatches()).isEqualTo(2);
    }

    @Test
    void shouldSendReportsUnderTheNameOfTheGateway() throws InterruptedException {
        start(true, 1 << 20);

        publisher.report(Reports.of(AgentReport.Type.HEARTBEAT));
        publisher.end();
        publisher.awaitDelivery(LONG);

        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(record.topic()).isEqualTo("gatewatch.agents");
        assertThat(text(record.key())).isEqualTo("gw");
        assertThat(text(record.value())).startsWith("{\"type\":\"heartbeat\"");
    }

    private void awaitHistory(int records) {
        while (producer.history().size() < records) {
            Thread.onSpinWait();
        }
    }

    private void start(boolean acknowledge, long queueBytes) {
        create(acknowledge, queueBytes);
        publisher.start();
    }

    private void create(boolean acknowledge, long queueBytes) {
        producer =
                new MockProducer<>(
                        acknowledge, null, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaOptions kafka = new KafkaOptions();
        kafka.bootstrapServers = "broker:9092";
        publisher =
                new BatchPublisher(kafka, producer, Reports.AGENT, queueBytes, failed::countDown);
    }

    private boolean accept(BatchTopic topic, int partition, String value, int packets) {
        byte[] bytes = batch(value + "behind the end");
        return publisher.accept(topic, partition, bytes, HEAD_BYTES + value.length(), packets);
    }

    /** The fixed head of a batch, all that is looked at, and something else behind it. */
    private static byte[] batch(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD_BYTES + text.length)
                .putLong(6, 1) // boot id
                .putLong(14, 2) // sequence
                .putLong(30, 3) // minute
                .putInt(50, 4) // packets
                .position(HEAD_BYTES)
                .put(text)
                .array();
    }

    private static String describe(ProducerRecord<byte[], byte[]> record) {
        return record.topic()
                + "/"
                + record.partition()
                + "="
                + text(record.value()).substring(HEAD_BYTES);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
