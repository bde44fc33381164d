package io.gatewatch.capture.batch;

import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.wire.CaptureInterface;
import java.util.List;

/** A batcher with one Ethernet interface, its counters, and all that it sent. */
final class BatcherHarness {
    /** 2026-01-01T00:00:00Z, the beginning of a minute. */
    static final long START_NS = 1_767_225_600_000_000_000L;

    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    static final long START_MINUTE = START_NS / (60 * SECOND);
    static final int ETHERNET = 1;

    final CaptureCounters counters = new CaptureCounters();
    final RecordedBatches sent = new RecordedBatches();
    final OwnTraffic ownTraffic = new OwnTraffic();
    final FlowBatcher batcher;

    BatcherHarness(SettingsBuilder settings) {
        batcher = new FlowBatcher(settings.build(), counters, sent, ownTraffic);
        batcher.interfaces(List.of(new CaptureInterface("eth0", ETHERNET)));
    }

    BatcherHarness() {
        this(new SettingsBuilder());
    }

    /** A frame at this many milliseconds after {@link #START_NS}. */
    BatcherHarness at(long milliseconds, byte[] frame) {
        return atNs(START_NS + milliseconds * MS, frame);
    }

    BatcherHarness at(long milliseconds, FrameBuilder frame) {
        return at(milliseconds, frame.build());
    }

    BatcherHarness atNs(long timeNs, byte[] frame) {
        return onInterface(0, timeNs, frame);
    }

    BatcherHarness onInterface(int index, long timeNs, byte[] frame) {
        batcher.frame(index, timeNs, frame, 0, frame.length, frame.length);
        return this;
    }

    BatcherHarness all(List<TimedFrame> frames) {
        for (TimedFrame frame : frames) {
            atNs(frame.timeNs(), frame.bytes());
        }
        return this;
    }

    BatcherHarness end() {
        batcher.endOfCapture(false);
        return this;
    }

    /** A datagram of one of many flows that nobody looks into. */
    static FrameBuilder udp(int client) {
        return udp(client, 4);
    }

    static FrameBuilder udp(int client, int payloadLength) {
        return FrameBuilder.ethernet()
                .ipv4("192.0.2." + client, "198.51.100.1")
                .udp(40_000, 9)
                .payload(payloadLength);
    }

    /** A query of one of many clients. */
    static FrameBuilder dns(int client) {
        return FrameBuilder.ethernet()
                .ipv4("192.0.2." + client, "198.51.100.53")
                .udp(50_000, 53)
                .payload(30);
    }
}
