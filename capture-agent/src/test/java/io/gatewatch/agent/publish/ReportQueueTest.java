package io.gatewatch.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.Reports;
import io.gatewatch.agent.metrics.AgentReport;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReportQueueTest {
    private final ReportQueue queue = new ReportQueue();

    @Test
    void shouldKeepTheNewestHeartbeatOnly() {
        AgentReport newest = Reports.of(AgentReport.Type.HEARTBEAT);
        queue.add(Reports.of(AgentReport.Type.HEARTBEAT));
        queue.add(newest);

        assertThat(queue.poll()).isSameAs(newest);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepMinutesAndTheEndInOrder() {
        AgentReport minute = Reports.minute(Instant.EPOCH);
        AgentReport end = Reports.of(AgentReport.Type.END_OF_CAPTURE);
        queue.add(minute);
        queue.add(Reports.of(AgentReport.Type.HEARTBEAT));
        queue.add(end);

        assertThat(queue.poll()).isSameAs(minute);
        assertThat(queue.poll().type()).isEqualTo(AgentReport.Type.HEARTBEAT);
        assertThat(queue.poll()).isSameAs(end);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void shouldStayBounded() {
        for (int i = 0; i < 5000; i++) {
            queue.add(Reports.minute(Instant.ofEpochSecond(i * 60L)));
        }

        int left = 0;
        AgentReport last = null;
        for (AgentReport next = queue.poll(); next != null; next = queue.poll()) {
            left++;
            last = next;
        }
        assertThat(left).isEqualTo(1440);
        assertThat(last.minute().start()).isEqualTo(Instant.ofEpochSecond(4999 * 60L));
    }

    @Test
    void shouldLoseNoReportWhoseMakerWaits() throws Exception {
        int reports = 5000;
        Thread maker = new Thread(() -> put(reports));
        maker.start();

        for (int i = 0; i < reports; i++) {
            AgentReport next = queue.poll();
            while (next == null) {
                Thread.onSpinWait();
                next = queue.poll();
            }
            assertThat(next.minute().start()).isEqualTo(Instant.ofEpochSecond(i * 60L));
        }
        maker.join();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldLetItsMakerGoWhenEnded() throws Exception {
        Thread maker = new Thread(() -> put(1441));
        maker.start();

        queue.end();

        maker.join();
        assertThat(queue.poll().minute().start()).isEqualTo(Instant.ofEpochSecond(60));
    }

    @Test
    void shouldWaitNoLongerThanAllowed() throws Exception {
        put(1440);

        queue.put(Reports.minute(Instant.EPOCH), 0);

        assertThat(queue.poll().minute().start()).isEqualTo(Instant.ofEpochSecond(60));
    }

    private void put(int reports) {
        try {
            for (int i = 0; i < reports; i++) {
                queue.put(Reports.minute(Instant.ofEpochSecond(i * 60L)), Long.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
