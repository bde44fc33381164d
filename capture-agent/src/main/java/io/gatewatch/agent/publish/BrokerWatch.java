package io.gatewatch.agent.publish;

import io.gatewatch.capture.batch.OwnTraffic;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.topics.KafkaOptions;
import io.gatewatch.topics.TopicAdmin;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the addresses of the brokers up to date, so that the agent's own traffic is left out after
 * a broker was added or moved. While Kafka does not answer the addresses stay as they are.
 */
public final class BrokerWatch implements AutoCloseable {
    private static final long PERIOD_SECONDS = 60;

    private final KafkaOptions kafka;
    private final OwnTraffic ownTraffic;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "broker-watch");

    private BrokerWatch(KafkaOptions kafka, OwnTraffic ownTraffic) {
        this.kafka = kafka;
        this.ownTraffic = ownTraffic;
        thread.setDaemon(true);
    }

    /**
     * @param brokers those that are known now
     */
    public static BrokerWatch start(
            KafkaOptions kafka, List<InetSocketAddress> brokers, OwnTraffic ownTraffic) {
        ownTraffic.set(BrokerEndpoints.resolve(kafka, brokers));
        BrokerWatch watch = new BrokerWatch(kafka, ownTraffic);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try (TopicAdmin admin = TopicAdmin.connect(kafka)) {
            ownTraffic.set(BrokerEndpoints.resolve(kafka, admin.brokers()));
        } catch (CommandFailure e) {
            return; // whoever delivers says so
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
