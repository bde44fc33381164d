package io.gatewatch.traffic.session;

import java.io.Serializable;
import java.time.Duration;

/** Time-outs and limits of session assembly, with the documented defaults. */
public record SessionSettings(
        Duration tcpIdle,
        Duration tcpClosing,
        Duration tcpEmbryonic,
        Duration udpIdle,
        Duration icmpIdle,
        Duration otherIdle,
        Duration rstLinger,
        Duration finLinger,
        Duration halfClosedLinger,
        Duration firstUpdate,
        Duration updateInterval,
        int packetListLimit,
        boolean interimRows,
        boolean ignoreMidstream)
        implements Serializable {

    public static SessionSettings defaults() {
        return new SessionSettings(
                Duration.ofSeconds(600),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(600),
                Duration.ofSeconds(60),
                Duration.ofSeconds(600),
                Duration.ofSeconds(60),
                Duration.ofSeconds(130),
                Duration.ofSeconds(600),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                100,
                true,
                false);
    }

    /** Longest time-out plus longest linger: after it, nothing that is open now is still held. */
    public Duration longestHold() {
        throw new UnsupportedOperationException();
    }
}
