package io.gatewatch.agent.publish;

import io.gatewatch.agent.metrics.AgentIdentity;
import io.gatewatch.agent.metrics.AgentReport;
import io.gatewatch.agent.metrics.Backlog;
import io.gatewatch.capture.batch.BatchOutput;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.topics.KafkaFailures;
import io.gatewatch.topics.KafkaOptions;
import io.gatewatch.topics.Topics;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Ships batches and reports to Kafka on a thread of its own. {@link #accept} is called by the
 * capturing thread: while capturing live it never waits and refuses what does not fit; for files,
 * and once live capture has stopped, it waits ({@link #waitWhenFull}).
 */
public final class BatchPublisher implements BatchOutput {
    private static final int MAX_QUEUED_BATCHES = 100_000;
    private static final long POLL_MS = 100;

    private final KafkaOptions kafka;
    private final Producer<byte[], byte[]> producer;
    private final List<Header> headers;
    private final byte[] reportKey;
    private final Runnable onFailure;
    private final BatchQueue queue;
    private final ReportQueue reports = new ReportQueue();
    private final Thread thread = new Thread(this::run, "publisher");
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private final AtomicLong failedBatches = new AtomicLong();
    private final AtomicLong failedPackets = new AtomicLong();
    private volatile boolean waiting;
    private volatile long waitUntilNs;
    private volatile boolean closed;
    private volatile Throwable failure;

    /**
     * @param queueBytes bound of the queue in front of the producer
     * @param onFailure run when Kafka refuses for good; then {@link #failure} says why
     */
    public static BatchPublisher start(
            KafkaOptions kafka, AgentIdentity agent, long queueBytes, Runnable onFailure) {
        Producer<byte[], byte[]> producer;
        try {
            producer =
                    new KafkaProducer<>(
                            ProducerProperties.of(kafka),
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
        } catch (KafkaException e) {
            throw KafkaFailures.of(kafka, "connect", e);
        }
        BatchPublisher publisher =
                new BatchPublisher(kafka, producer, agent, queueBytes, onFailure);
        publisher.thread.start();
        return publisher;
    }

    BatchPublisher(
            KafkaOptions kafka,
            Producer<byte[], byte[]> producer,
            AgentIdentity agent,
            long queueBytes,
            Runnable onFailure) {
        this.kafka = kafka;
        this.producer = producer;
        this.onFailure = onFailure;
        queue = new BatchQueue(MAX_QUEUED_BATCHES, queueBytes);
        headers =
                List.of(
                        header("gateway", agent.gateway()),
                        header("site", agent.site()),
                        header("version", Integer.toString(BatchEncoder.VERSION)));
        reportKey = utf8(agent.gateway());
        thread.setDaemon(true);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Starts the thread of one that was made for a test. */
    void start() {
        thread.start();
    }

    /** From now on {@link #accept} waits for room, and refuses only when this time is over. */
    public void waitWhenFull(Duration limit) {
        waitUntilNs = System.nanoTime() + limit.toNanos();
        waiting = true;
    }

    @Override
    public boolean accept(BatchTopic topic, int partition, byte[] bytes, int length, int packets) {
        QueuedBatch batch =
                new QueuedBatch(name(topic), partition, Arrays.copyOf(bytes, length), packets);
        accepted.incrementAndGet(); // before it can be settled
        boolean taken = waiting ? put(batch) : queue.offer(batch);
        if (!taken) {
            accepted.decrementAndGet();
        }
        return taken;
    }

    private boolean put(QueuedBatch batch) {
        try {
            return queue.put(batch, waitUntilNs - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String name(BatchTopic topic) {
        return switch (topic) {
            case PACKETS -> Topics.PACKETS;
            case DNS -> Topics.DNS;
        };
    }

    /**
     * Takes a report. Where batches wait for room, reports of which none may be missing do too: a
     * capture file can have more minutes in it than wait here.
     */
    public void report(AgentReport report) {
        if (!waiting || report.type() == AgentReport.Type.HEARTBEAT) {
            reports.add(report);
            return;
        }
        try {
            reports.put(report, waitUntilNs - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isDone()) {
                sendReports();
                QueuedBatch batch = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (batch != null) {
                    send(batch);
                }
            }
            producer.flush();
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Whatever it is: without this thread nothing is delivered any more.
            fail(e);
        }
    }

    private boolean isDone() {
        return failure != null || (queue.isDrained() && reports.isEmpty());
    }

    private void sendReports() {
        for (AgentReport report = reports.poll(); report != null; report = reports.poll()) {
            send(
                    new ProducerRecord<>(
                            Topics.AGENTS, null, null, reportKey, report.toJson(), headers),
                    (metadata, exception) -> {
                        if (exception != null && !(exception instanceof RecordTooLargeException)) {
                            fail(exception);
                        }
                    });
        }
    }

    private void send(QueuedBatch batch) {
        send(
                new ProducerRecord<>(
                        batch.topic(),
                        batch.partition(),
                        null,
                        null,
                        batch.value(),
                        headersOf(batch)),
                (metadata, exception) -> {
                    settled.incrementAndGet();
                    if (exception != null) {
                        failedBatches.incrementAndGet();
                        failedPackets.addAndGet(batch.packets());
                        if (!(exception instanceof RecordTooLargeException)) {
                            fail(exception);
                        }
                    }
                });
    }

    private List<Header> headersOf(QueuedBatch batch) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new RecordHeader(BatchName.HEADER, BatchName.of(batch.value()).toBytes()));
        return all;
    }

    /** The callback hears of everything that the future would say. */
    private void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        Future<RecordMetadata> unused = producer.send(record, callback);
    }

    /**
     * Whatever could be retried has been, for as long as it takes, so what arrives here is final: a
     * login or a topic that was taken away. (A record that the broker's limits refuse is lost, and
     * counted, but the next one may pass.)
     */
    private void fail(Throwable exception) {
        if (failure == null && !closed) {
            failure = exception;
            end();
            onFailure.run();
        }
    }

    /** The failure that ended delivery, or null. */
    public RuntimeException failure() {
        Throwable cause = failure;
        return cause == null ? null : KafkaFailures.of(kafka, "take packets", cause);
    }

    public Backlog backlog() {
        long done = settled.get(); // first, so that the difference is never negative
        return new Backlog(
                accepted.get() - done,
                queue.bytes(),
                done,
                failedBatches.get(),
                failedPackets.get());
    }

    /** Nothing more will be added; what is queued is sent. */
    public void end() {
        queue.end();
        reports.end();
    }

    /**
     * Waits until everything is delivered.
     *
     * @return false if that took longer than allowed
     */
    public boolean awaitDelivery(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        return !thread.isAlive();
    }

    /** Gives up what is not delivered yet. */
    public void close() {
        closed = true;
        thread.interrupt();
        producer.close(Duration.ZERO);
    }
}
