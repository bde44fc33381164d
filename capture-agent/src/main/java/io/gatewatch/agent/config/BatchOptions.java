package io.gatewatch.agent.config;

import io.gatewatch.capture.batch.BatchLimits;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.settings.FlowOptions;
import io.gatewatch.settings.Problems;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that shape batches: who captured, how packets are grouped, how much payload is kept. */
public final class BatchOptions {
    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "NAME",
            description = "Name of this gateway.")
    public String gateway;

    @Option(
            names = "--site",
            paramLabel = "NAME",
            description =
                    "Name of the network behind the gateway; gateways of one site see the same"
                            + " devices (default: the gateway's name).")
    String site;

    @Option(
            names = "--batch-interval",
            paramLabel = "DURATION",
            defaultValue = "200ms",
            description = "Longest capture time in one batch (default: ${DEFAULT-VALUE}).")
    Duration batchInterval;

    @Option(
            names = "--batch-packets",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most packets in one batch (default: ${DEFAULT-VALUE}).")
    int batchPackets;

    @Option(
            names = "--payload-packets",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "Data packets that are shipped with payload, of the side that opened the flow"
                            + " (default: ${DEFAULT-VALUE}).")
    int payloadPackets;

    @Option(
            names = "--payload-bytes",
            paramLabel = "N",
            defaultValue = "1500",
            description = "Payload of one packet at most (default: ${DEFAULT-VALUE}).")
    int payloadBytes;

    @Option(
            names = "--payload-total",
            paramLabel = "N",
            defaultValue = "16384",
            description = "Payload of that side in all (default: ${DEFAULT-VALUE}).")
    int payloadTotal;

    @Option(
            names = "--server-payload-packets",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "Data packets of the other side with payload (default: ${DEFAULT-VALUE}).")
    int serverPayloadPackets;

    @Option(
            names = "--server-payload-total",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Payload of the other side in all (default: ${DEFAULT-VALUE}).")
    int serverPayloadTotal;

    @Option(
            names = "--packet-identity",
            description =
                    "Ship IP identification and checksum of every packet, so that copies seen by"
                            + " several interfaces or gateways are told apart from repeats.")
    boolean packetIdentity;

    @Mixin FlowOptions flows;

    @Option(
            names = "--max-flows",
            paramLabel = "N",
            defaultValue = "131072",
            description =
                    "Flows remembered; beyond it the least recently seen go (default:"
                            + " ${DEFAULT-VALUE}).")
    int maxFlows;

    @Option(
            names = "--max-datagrams",
            paramLabel = "N",
            defaultValue = "4096",
            description =
                    "Datagrams in IP fragments remembered, and fragments that wait for the first"
                            + " one of theirs; beyond it the oldest go (default: ${DEFAULT-VALUE}).")
    int maxDatagrams;

    @Option(
            names = "--max-fragment-bytes",
            paramLabel = "SIZE",
            defaultValue = "4m",
            converter = SizeConverter.class,
            description =
                    "Bytes kept of IP fragments; beyond it the oldest datagrams go (default:"
                            + " ${DEFAULT-VALUE}).")
    long maxFragmentBytes;

    void validate(Problems problems) {
        name(problems, "--gateway", gateway);
        name(problems, "--site", site());
        problems.require(
                BatchLimits.isInterval(batchInterval),
                "--batch-interval",
                batchInterval.toMillis() + "ms",
                BatchLimits.ALLOWED_INTERVALS);
        range(problems, "--batch-packets", batchPackets, BatchLimits.PACKETS_PER_BATCH);
        range(problems, "--payload-packets", payloadPackets, BatchLimits.PAYLOAD_PACKETS);
        range(problems, "--payload-bytes", payloadBytes, BatchLimits.PAYLOAD_BYTES);
        range(problems, "--payload-total", payloadTotal, BatchLimits.PAYLOAD_TOTAL);
        range(
                problems,
                "--server-payload-packets",
                serverPayloadPackets,
                BatchLimits.PAYLOAD_PACKETS);
        range(problems, "--server-payload-total", serverPayloadTotal, BatchLimits.PAYLOAD_TOTAL);
        range(problems, "--max-flows", maxFlows, BatchLimits.FLOWS);
        range(problems, "--max-datagrams", maxDatagrams, BatchLimits.DATAGRAMS);
        range(problems, "--max-fragment-bytes", maxFragmentBytes, BatchLimits.FRAGMENT_BYTES);
    }

    private static void name(Problems problems, String key, String value) {
        problems.require(
                BatchLimits.isName(value), key, "'" + value + "'", BatchLimits.ALLOWED_NAMES);
    }

    private static void range(Problems problems, String key, long value, BatchLimits.Range range) {
        problems.require(range.contains(value), key, value, range.allowed());
    }

    static void range(Problems problems, String key, long value, long least, long most) {
        problems.require(
                value >= least && value <= most, key, value, "must be " + least + " to " + most);
    }

    public String site() {
        return site == null ? gateway : site;
    }

    /**
     * @param file the input is a capture file
     * @param packetPartitions partitions of the packets topic
     * @param dnsPartitions partitions of the DNS topic
     */
    public BatchSettings settings(
            long bootId, boolean file, int packetPartitions, int dnsPartitions) {
        return BatchSettings.builder(site(), gateway)
                .bootId(bootId)
                .file(file)
                .partitions(packetPartitions, dnsPartitions)
                .interval(batchInterval)
                .packetsPerBatch(batchPackets)
                .packetIdentity(packetIdentity)
                .clientPayload(payloadPackets, payloadBytes, payloadTotal)
                .serverPayload(serverPayloadPackets, serverPayloadTotal)
                .maxFlows(maxFlows)
                .fragments(maxDatagrams, (int) maxFragmentBytes)
                .keyVlan(flows.keyVlan)
                .decapsulate(flows.decapsulate)
                .build();
    }
}
