package io.gatewatch.capture.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that shapes batches. Two runs with equal settings over the same capture file make the
 * same batches.
 *
 * @param site site name, part of every key
 * @param gateway gateway name
 * @param bootId identifies this run; a hash of the input for capture files
 * @param file the input is a capture file
 * @param packetPartitions partitions of the packets topic
 * @param dnsPartitions partitions of the DNS topic
 * @param interval longest span of capture time in one batch
 * @param packetsPerBatch most packets in one batch
 * @param punctuationInterval capture time after which a partition without packets is told the clock
 * @param packetIdentity ship IP identification and checksum of every packet
 * @param clientPayloadPackets data packets of the opening side that are shipped with payload
 * @param clientPayloadBytes bytes of one such packet at most
 * @param clientPayloadTotal bytes of that side in all
 * @param serverPayloadPackets data packets of the other side
 * @param serverPayloadTotal bytes of the other side in all
 * @param maxFlows flows remembered; beyond it the oldest go
 * @param keyVlan the outermost VLAN is part of a flow's key
 */
public record BatchSettings(
        String site,
        String gateway,
        long bootId,
        boolean file,
        int packetPartitions,
        int dnsPartitions,
        Duration interval,
        int packetsPerBatch,
        Duration punctuationInterval,
        boolean packetIdentity,
        int clientPayloadPackets,
        int clientPayloadBytes,
        int clientPayloadTotal,
        int serverPayloadPackets,
        int serverPayloadTotal,
        int maxFlows,
        boolean keyVlan) {
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PARTITIONS = 10_000;
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_PACKETS_PER_BATCH = 100_000;
    private static final int MAX_PAYLOAD_PACKETS = 10_000;
    private static final int MAX_PAYLOAD_BYTES = 16 * 1024 * 1024;
    private static final int MAX_FLOWS = 1 << 26;

    /**
     * @throws IllegalArgumentException naming every value that is out of range
     */
    public BatchSettings {
        List<String> problems = new ArrayList<>();
        name(problems, "site", site);
        name(problems, "gateway", gateway);
        range(problems, "packetPartitions", packetPartitions, 1, MAX_PARTITIONS);
        range(problems, "dnsPartitions", dnsPartitions, 1, MAX_PARTITIONS);
        interval(problems, "interval", interval);
        range(problems, "packetsPerBatch", packetsPerBatch, 1, MAX_PACKETS_PER_BATCH);
        interval(problems, "punctuationInterval", punctuationInterval);
        range(problems, "clientPayloadPackets", clientPayloadPackets, 0, MAX_PAYLOAD_PACKETS);
        range(problems, "clientPayloadBytes", clientPayloadBytes, 0, MAX_PAYLOAD_BYTES);
        range(problems, "clientPayloadTotal", clientPayloadTotal, 0, MAX_PAYLOAD_BYTES);
        range(problems, "serverPayloadPackets", serverPayloadPackets, 0, MAX_PAYLOAD_PACKETS);
        range(problems, "serverPayloadTotal", serverPayloadTotal, 0, MAX_PAYLOAD_BYTES);
        range(problems, "maxFlows", maxFlows, 1, MAX_FLOWS);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** As the other one, without VLANs in the key. */
    public BatchSettings(
            String site,
            String gateway,
            long bootId,
            boolean file,
            int packetPartitions,
            int dnsPartitions,
            Duration interval,
            int packetsPerBatch,
            Duration punctuationInterval,
            boolean packetIdentity,
            int clientPayloadPackets,
            int clientPayloadBytes,
            int clientPayloadTotal,
            int serverPayloadPackets,
            int serverPayloadTotal,
            int maxFlows) {
        this(
                site,
                gateway,
                bootId,
                file,
                packetPartitions,
                dnsPartitions,
                interval,
                packetsPerBatch,
                punctuationInterval,
                packetIdentity,
                clientPayloadPackets,
                clientPayloadBytes,
                clientPayloadTotal,
                serverPayloadPackets,
                serverPayloadTotal,
                maxFlows,
                false);
    }

    private static void name(List<String> problems, String key, String value) {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_NAME_BYTES) {
            problems.add(
                    key + " has " + length + " bytes of UTF-8: must be 1 to " + MAX_NAME_BYTES);
        }
    }

    private static void range(List<String> problems, String key, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(key + " is " + value + ": must be " + least + " to " + most);
        }
    }

    private static void interval(List<String> problems, String key, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(MAX_INTERVAL) > 0) {
            problems.add(key + " is " + value + ": must be above 0 and at most " + MAX_INTERVAL);
        }
    }

    /** The documented defaults, for one partition of each topic. */
    public static BatchSettings defaults(String site, String gateway, long bootId) {
        return new BatchSettings(
                site,
                gateway,
                bootId,
                true,
                1,
                1,
                Duration.ofMillis(200),
                500,
                Duration.ofSeconds(5),
                false,
                16,
                1500,
                16 * 1024,
                4,
                4 * 1024,
                1 << 18);
    }

    /** These settings with another boot id. */
    public BatchSettings withBootId(long newBootId) {
        return new BatchSettings(
                site,
                gateway,
                newBootId,
                file,
                packetPartitions,
                dnsPartitions,
                interval,
                packetsPerBatch,
                punctuationInterval,
                packetIdentity,
                clientPayloadPackets,
                clientPayloadBytes,
                clientPayloadTotal,
                serverPayloadPackets,
                serverPayloadTotal,
                maxFlows,
                keyVlan);
    }

    /** These settings with or without VLANs in the key. */
    public BatchSettings withKeyVlan(boolean vlanInKey) {
        return new BatchSettings(
                site,
                gateway,
                bootId,
                file,
                packetPartitions,
                dnsPartitions,
                interval,
                packetsPerBatch,
                punctuationInterval,
                packetIdentity,
                clientPayloadPackets,
                clientPayloadBytes,
                clientPayloadTotal,
                serverPayloadPackets,
                serverPayloadTotal,
                maxFlows,
                vlanInKey);
    }
}
