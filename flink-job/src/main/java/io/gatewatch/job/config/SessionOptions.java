package io.gatewatch.job.config;

import io.gatewatch.settings.Problems;
import io.gatewatch.traffic.session.SessionSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of session assembly, the same for every command; mixed in with {@code @Mixin}. */
public final class SessionOptions {
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final String DURATION = "DURATION";
    private static final int MAX_PACKET_LIST_LIMIT = 10_000;
    private static final int MAX_NAMES_LIMIT = 100_000_000;

    @Option(
            names = "--gateway-grace",
            paramLabel = DURATION,
            defaultValue = "60s",
            description =
                    "How far a gateway may lag behind the others without being late (default:"
                            + " ${DEFAULT-VALUE}).")
    Duration gatewayGrace;

    @Option(
            names = "--tcp-idle",
            paramLabel = DURATION,
            defaultValue = "600s",
            description = "TCP sessions end after this long without a packet (${DEFAULT-VALUE}).")
    Duration tcpIdle;

    @Option(
            names = "--tcp-closing",
            paramLabel = DURATION,
            defaultValue = "60s",
            description = "The same once a FIN has been seen (${DEFAULT-VALUE}).")
    Duration tcpClosing;

    @Option(
            names = "--tcp-embryonic",
            paramLabel = DURATION,
            defaultValue = "60s",
            description = "The same while only SYNs have been seen (${DEFAULT-VALUE}).")
    Duration tcpEmbryonic;

    @Option(
            names = "--udp-idle",
            paramLabel = DURATION,
            defaultValue = "600s",
            description = "UDP sessions end after this long without a packet (${DEFAULT-VALUE}).")
    Duration udpIdle;

    @Option(
            names = "--icmp-idle",
            paramLabel = DURATION,
            defaultValue = "60s",
            description = "The same for ICMP and ICMPv6 (${DEFAULT-VALUE}).")
    Duration icmpIdle;

    @Option(
            names = "--other-idle",
            paramLabel = DURATION,
            defaultValue = "600s",
            description = "The same for other protocols (${DEFAULT-VALUE}).")
    Duration otherIdle;

    @Option(
            names = "--rst-linger",
            paramLabel = DURATION,
            defaultValue = "60s",
            description =
                    "What trails a RST by up to this long belongs to the session"
                            + " (${DEFAULT-VALUE}).")
    Duration rstLinger;

    @Option(
            names = "--fin-linger",
            paramLabel = DURATION,
            defaultValue = "130s",
            description = "The same after both sides have closed (${DEFAULT-VALUE}).")
    Duration finLinger;

    @Option(
            names = "--half-closed-linger",
            paramLabel = DURATION,
            defaultValue = "600s",
            description =
                    "The same after the last packet, when one side only had closed"
                            + " (${DEFAULT-VALUE}).")
    Duration halfClosedLinger;

    @Option(
            names = "--packet-list-limit",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Packets of a session that are listed one by one, 0 for none"
                            + " (${DEFAULT-VALUE}).")
    int packetListLimit;

    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            defaultValue = "" + SessionSettings.DEFAULT_MAX_SESSIONS,
            description =
                    "Sessions held by each subtask; beyond, the least of them end early"
                            + " (${DEFAULT-VALUE}).")
    int maxSessions;

    @Option(
            names = "--ignore-midstream",
            description = "Leave out TCP packets of connections whose SYN was not seen.")
    boolean ignoreMidstream;

    @Option(
            names = "--max-names",
            paramLabel = "N",
            defaultValue = "500000",
            description =
                    "DNS answers that every subtask remembers to name sessions by; beyond it the"
                            + " oldest go (default: ${DEFAULT-VALUE}).")
    int maxNames;

    /** Checks the ranges of all values. */
    public void validate(Problems problems) {
        atMostLongest(problems, "--gateway-grace", gatewayGrace);
        positive(problems, "--tcp-idle", tcpIdle);
        positive(problems, "--tcp-closing", tcpClosing);
        positive(problems, "--tcp-embryonic", tcpEmbryonic);
        positive(problems, "--udp-idle", udpIdle);
        positive(problems, "--icmp-idle", icmpIdle);
        positive(problems, "--other-idle", otherIdle);
        positive(problems, "--rst-linger", rstLinger);
        positive(problems, "--fin-linger", finLinger);
        positive(problems, "--half-closed-linger", halfClosedLinger);
        problems.require(
                maxNames >= 1 && maxNames <= MAX_NAMES_LIMIT,
                "--max-names",
                maxNames,
                "must be 1 to " + MAX_NAMES_LIMIT);
        problems.require(
                packetListLimit >= 0 && packetListLimit <= MAX_PACKET_LIST_LIMIT,
                "--packet-list-limit",
                packetListLimit,
                "must be 0 to " + MAX_PACKET_LIST_LIMIT);
        problems.require(
                maxSessions >= SessionSettings.MIN_MAX_SESSIONS
                        && maxSessions <= SessionSettings.MAX_MAX_SESSIONS,
                "--max-sessions",
                maxSessions,
                "must be "
                        + SessionSettings.MIN_MAX_SESSIONS
                        + " to "
                        + SessionSettings.MAX_MAX_SESSIONS);
    }

    static void positive(Problems problems, String option, Duration value) {
        problems.require(
                value.compareTo(Duration.ZERO) > 0 && value.compareTo(LONGEST) <= 0,
                option,
                value.toMillis() + "ms",
                "must be 1ms to " + LONGEST.toDays() + "d");
    }

    private static void atMostLongest(Problems problems, String option, Duration value) {
        problems.require(
                !value.isNegative() && value.compareTo(LONGEST) <= 0,
                option,
                value.toMillis() + "ms",
                "must be 0s to " + LONGEST.toDays() + "d");
    }

    /** For a bounded run: each session gives one row, when it is final. */
    public JobSettings bounded() {
        SessionSettings defaults = SessionSettings.defaults();
        return settings(defaults.firstUpdate(), defaults.updateInterval(), false);
    }

    /** For the live job, with rows of open sessions. */
    public JobSettings live(Duration firstUpdate, Duration updateInterval) {
        return settings(firstUpdate, updateInterval, true);
    }

    private JobSettings settings(
            Duration firstUpdate, Duration updateInterval, boolean interimRows) {
        SessionSettings sessions =
                new SessionSettings(
                        tcpIdle,
                        tcpClosing,
                        tcpEmbryonic,
                        udpIdle,
                        icmpIdle,
                        otherIdle,
                        rstLinger,
                        finLinger,
                        halfClosedLinger,
                        firstUpdate,
                        updateInterval,
                        packetListLimit,
                        maxSessions,
                        interimRows,
                        ignoreMidstream);
        return new JobSettings(sessions, gatewayGrace, maxNames);
    }
}
