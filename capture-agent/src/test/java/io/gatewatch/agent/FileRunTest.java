package io.gatewatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.config.Speed;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.PcapFileBuilder;
import io.gatewatch.wire.CaptureInterface;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FileRunTest {
    private static final long START_NS = 1_767_225_590_000_000_000L; // 2025-12-31T23:59:50Z
    private static final long SECOND_NS = 1_000_000_000L;

    private final StopRequest stop = new StopRequest();
    private final Batching batching = new Batching();

    @Test
    void shouldShipAllPacketsAndAnEndMarker() throws Exception {
        FileRun run = run(capture(0, 1, 2), Speed.MAX, false);

        assertThat(batching.packetsSent()).isEqualTo(3);
        assertThat(batching.sentEnd()).isTrue();
        assertThat(batching.sentLastOfAll()).isFalse();
        assertThat(run.interfaces()).containsExactly(new CaptureInterface("", 1));
    }

    @Test
    void shouldSayThatNothingFollowsWhenAskedTo() throws Exception {
        run(capture(0), Speed.MAX, true);

        assertThat(batching.sentLastOfAll()).isTrue();
    }

    @Test
    void shouldEndAnEmptyCaptureToo() throws Exception {
        run(CaptureFileBuilder.pcap(), Speed.MAX, true);

        assertThat(batching.packetsSent()).isZero();
        assertThat(batching.sentLastOfAll()).isTrue();
        assertThat(batching.reported).isEmpty();
    }

    @Test
    void shouldSendNeitherUnfinishedBatchesNorEndMarkersWhenStopped() throws Exception {
        stop.request();

        run(capture(0, 1), Speed.MAX, true);

        assertThat(batching.flags).isEmpty();
    }

    @Test
    void shouldStopWhileWaitingForTheNextFrame() throws Exception {
        Thread later = new Thread(stop::request);
        later.start();

        run(capture(0, 86_400), new Speed(1), false);

        later.join();
        assertThat(batching.sentEnd()).isFalse();
        assertThat(batching.counters.captured()).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldReportEachCaptureMinuteOnce() throws Exception {
        run(capture(0, 5, 11, 12, 70, 200), Speed.MAX, false);

        assertThat(batching.reported)
                .containsExactly(
                        Instant.parse("2025-12-31T23:59:00Z"),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-01T00:01:00Z"),
                        Instant.parse("2026-01-01T00:03:00Z"));
        assertThat(batching.lastSequences.get(3)[0])
                .isEqualTo(batching.batcher.nextSequence(BatchTopic.PACKETS, 0) - 1);
        assertThat(batching.counters.clockNs()).isEqualTo(START_NS + 200 * SECOND_NS);
    }

    private FileRun run(PcapFileBuilder file, Speed speed, boolean closeAtEnd)
            throws IOException, InterruptedException {
        try (CaptureReader reader =
                CaptureReader.open(new ByteArrayInputStream(file.toByteArray()))) {
            FileRun run = new FileRun(reader, speed, closeAtEnd, stop);
            run.run(batching.batcher);
            return run;
        }
    }

    private static PcapFileBuilder capture(long... seconds) {
        PcapFileBuilder file = CaptureFileBuilder.pcap();
        byte[] frame =
                FrameBuilder.ethernet()
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .udp(1000, 2000)
                        .payload("x")
                        .build();
        for (long second : seconds) {
            file.packet(START_NS + second * SECOND_NS, frame);
        }
        return file;
    }
}
