package io.gatewatch.capture.batch;

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
 * @param maxDatagrams datagrams in fragments remembered, and fragments that wait for the first one
 *     of theirs; beyond it the oldest go
 * @param maxFragmentBytes bytes kept of these; beyond it the oldest go
 * @param keyVlan the outermost VLAN is part of a flow's key
 * @param decapsulate packets in tunnels are packets of flows of their own
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
        int maxDatagrams,
        int maxFragmentBytes,
        boolean keyVlan,
        boolean decapsulate) {
    /**
     * @throws IllegalArgumentException naming every value that is out of range
     */
    public BatchSettings {
        List<String> problems = new ArrayList<>();
        name(problems, "site", site);
        name(problems, "gateway", gateway);
        range(problems, "packetPartitions", packetPartitions, BatchLimits.PARTITIONS);
        range(problems, "dnsPartitions", dnsPartitions, BatchLimits.PARTITIONS);
        interval(problems, "interval", interval);
        range(problems, "packetsPerBatch", packetsPerBatch, BatchLimits.PACKETS_PER_BATCH);
        interval(problems, "punctuationInterval", punctuationInterval);
        range(problems, "clientPayloadPackets", clientPayloadPackets, BatchLimits.PAYLOAD_PACKETS);
        range(problems, "clientPayloadBytes", clientPayloadBytes, BatchLimits.PAYLOAD_BYTES);
        range(problems, "clientPayloadTotal", clientPayloadTotal, BatchLimits.PAYLOAD_TOTAL);
        range(problems, "serverPayloadPackets", serverPayloadPackets, BatchLimits.PAYLOAD_PACKETS);
        range(problems, "serverPayloadTotal", serverPayloadTotal, BatchLimits.PAYLOAD_TOTAL);
        range(problems, "maxFlows", maxFlows, BatchLimits.FLOWS);
        range(problems, "maxDatagrams", maxDatagrams, BatchLimits.DATAGRAMS);
        range(problems, "maxFragmentBytes", maxFragmentBytes, BatchLimits.FRAGMENT_BYTES);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void name(List<String> problems, String key, String value) {
        if (!BatchLimits.isName(value)) {
            problems.add(key + " is '" + value + "': " + BatchLimits.ALLOWED_NAMES);
        }
    }

    private static void range(
            List<String> problems, String key, int value, BatchLimits.Range range) {
        if (!range.contains(value)) {
            problems.add(key + " is " + value + ": " + range.allowed());
        }
    }

    private static void interval(List<String> problems, String key, Duration value) {
        if (!BatchLimits.isInterval(value)) {
            problems.add(key + " is " + value + ": " + BatchLimits.ALLOWED_INTERVALS);
        }
    }

    /** The documented defaults, for one partition of each topic and a capture file. */
    public static BatchSettings defaults(String site, String gateway, long bootId) {
        return builder(site, gateway).bootId(bootId).build();
    }

    /** Settings to be named one by one; what is not named is as in {@link #defaults}. */
    public static Builder builder(String site, String gateway) {
        return new Builder(site, gateway);
    }

    /** These settings with another boot id. */
    public BatchSettings withBootId(long newBootId) {
        return toBuilder().bootId(newBootId).build();
    }

    /** These settings with or without VLANs in the key. */
    public BatchSettings withKeyVlan(boolean vlanInKey) {
        return toBuilder().keyVlan(vlanInKey).build();
    }

    private Builder toBuilder() {
        return new Builder(site, gateway)
                .bootId(bootId)
                .file(file)
                .partitions(packetPartitions, dnsPartitions)
                .interval(interval)
                .packetsPerBatch(packetsPerBatch)
                .punctuationInterval(punctuationInterval)
                .packetIdentity(packetIdentity)
                .clientPayload(clientPayloadPackets, clientPayloadBytes, clientPayloadTotal)
                .serverPayload(serverPayloadPackets, serverPayloadTotal)
                .maxFlows(maxFlows)
                .fragments(maxDatagrams, maxFragmentBytes)
                .keyVlan(keyVlan)
                .decapsulate(decapsulate);
    }

    /** Builds settings that differ from the defaults. Not thread safe. */
    public static final class Builder {
        private final String site;
        private final String gateway;
        private long bootId;
        private boolean file = true;
        private int packetPartitions = 1;
        private int dnsPartitions = 1;
        private Duration interval = Duration.ofMillis(200);
        private int packetsPerBatch = 500;
        private Duration punctuationInterval = Duration.ofSeconds(5);
        private boolean packetIdentity;
        private int clientPayloadPackets = 16;
        private int clientPayloadBytes = 1500;
        private int clientPayloadTotal = 16 * 1024;
        private int serverPayloadPackets = 4;
        private int serverPayloadTotal = 4 * 1024;
        private int maxFlows = 1 << 17;
        private int maxDatagrams = 4096;
        private int maxFragmentBytes = 4 << 20;
        private boolean keyVlan;
        private boolean decapsulate = true;

        private Builder(String site, String gateway) {
            this.site = site;
            this.gateway = gateway;
        }

        public Builder bootId(long value) {
            bootId = value;
            return this;
        }

        public Builder file(boolean value) {
            file = value;
            return this;
        }

        public Builder partitions(int packets, int dns) {
            packetPartitions = packets;
            dnsPartitions = dns;
            return this;
        }

        public Builder interval(Duration value) {
            interval = value;
            return this;
        }

        public Builder packetsPerBatch(int value) {
            packetsPerBatch = value;
            return this;
        }

        public Builder punctuationInterval(Duration value) {
            punctuationInterval = value;
            return this;
        }

        public Builder packetIdentity(boolean value) {
            packetIdentity = value;
            return this;
        }

        public Builder clientPayload(int packets, int bytesEach, int bytesInAll) {
            clientPayloadPackets = packets;
            clientPayloadBytes = bytesEach;
            clientPayloadTotal = bytesInAll;
            return this;
        }

        public Builder serverPayload(int packets, int bytesInAll) {
            serverPayloadPackets = packets;
            serverPayloadTotal = bytesInAll;
            return this;
        }

        public Builder maxFlows(int value) {
            maxFlows = value;
            return this;
        }

        public Builder fragments(int datagrams, int bytes) {
            maxDatagrams = datagrams;
            maxFragmentBytes = bytes;
            return this;
        }

        public Builder keyVlan(boolean value) {
            keyVlan = value;
            return this;
        }

        public Builder decapsulate(boolean value) {
            decapsulate = value;
            return this;
        }

        /**
         * @throws IllegalArgumentException naming every value that is out of range
         */
        public BatchSettings build() {
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
                    maxDatagrams,
                    maxFragmentBytes,
                    keyVlan,
                    decapsulate);
        }
    }
}
