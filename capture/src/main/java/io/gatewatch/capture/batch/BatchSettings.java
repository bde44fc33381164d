package io.gatewatch.capture.batch;

import java.time.Duration;

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
        int maxFlows) {

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
}
