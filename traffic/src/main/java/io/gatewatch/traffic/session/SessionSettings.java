package io.gatewatch.traffic.session;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Time-outs and limits of session assembly, with the documented defaults.
 *
 * @param tcpIdle TCP without a packet
 * @param tcpClosing TCP without a packet once a FIN has been seen
 * @param tcpEmbryonic TCP while only segments with SYN have been seen
 * @param udpIdle UDP without a packet
 * @param icmpIdle ICMP and ICMPv6 without a packet
 * @param otherIdle other protocols without a packet
 * @param rstLinger how long what trails a RST still belongs to the session
 * @param finLinger the same after both FINs
 * @param halfClosedLinger the same after the last packet, when one side only had closed
 * @param firstUpdate wall clock from a session's start to its first row
 * @param updateInterval wall clock between its rows while it is open
 * @param packetListLimit packets of a session that are listed; 0 lists none
 * @param maxSessions sessions held at most, by whoever runs the rules in one thread
 * @param interimRows rows of open sessions, and rows at the end before what trails; otherwise one
 *     row per session
 * @param ignoreMidstream TCP packets that no SYN opened a session for are left out
 */
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
        int maxSessions,
        boolean interimRows,
        boolean ignoreMidstream)
        implements Serializable {
    private static final int MAX_PACKET_LIST_LIMIT = 10_000;

    /** About 300 MB on the heap: a session of one packet takes 1,000 bytes with its timers. */
    public static final int DEFAULT_MAX_SESSIONS = 300_000;

    public static final int MIN_MAX_SESSIONS = 100;
    public static final int MAX_MAX_SESSIONS = 100_000_000;
    private static final Duration MAX_DURATION = Duration.ofDays(30);

    /**
     * @throws IllegalArgumentException naming every value that is out of range, and what is allowed
     */
    public SessionSettings {
        List<String> problems = new ArrayList<>();
        check(problems, "tcp-idle", tcpIdle);
        check(problems, "tcp-closing", tcpClosing);
        check(problems, "tcp-embryonic", tcpEmbryonic);
        check(problems, "udp-idle", udpIdle);
        check(problems, "icmp-idle", icmpIdle);
        check(problems, "other-idle", otherIdle);
        check(problems, "rst-linger", rstLinger);
        check(problems, "fin-linger", finLinger);
        check(problems, "half-closed-linger", halfClosedLinger);
        check(problems, "first-update", firstUpdate);
        check(problems, "update-interval", updateInterval);
        if (packetListLimit < 0 || packetListLimit > MAX_PACKET_LIST_LIMIT) {
            problems.add(
                    "packet-list-limit is "
                            + packetListLimit
                            + ": must be 0 to "
                            + MAX_PACKET_LIST_LIMIT);
        }
        if (maxSessions < MIN_MAX_SESSIONS || maxSessions > MAX_MAX_SESSIONS) {
            problems.add(
                    "max-sessions is "
                            + maxSessions
                            + ": must be "
                            + MIN_MAX_SESSIONS
                            + " to "
                            + MAX_MAX_SESSIONS);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void check(List<String> problems, String key, Duration value) {
        boolean tooShort = value.compareTo(Duration.ofMillis(1)) < 0;
        if (tooShort || value.compareTo(MAX_DURATION) > 0) {
            problems.add(
                    key
                            + " is "
                            + (value.isNegative() ? "negative" : value.toMillis() + " ms")
                            + ": must be 1 ms to "
                            + MAX_DURATION.toDays()
                            + " days");
        }
    }

    /** Longest time-out plus longest linger: after it, nothing that is open now is still held. */
    public Duration longestHold() {
        Duration timeout = longest(tcpIdle, tcpClosing, tcpEmbryonic, udpIdle, icmpIdle, otherIdle);
        return timeout.plus(longest(rstLinger, finLinger, halfClosedLinger));
    }

    private static Duration longest(Duration... durations) {
        return Collections.max(Arrays.asList(durations));
    }

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
                DEFAULT_MAX_SESSIONS,
                true,
                false);
    }
}
