package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketView;
import io.gatewatch.wire.FlowHash;
import io.gatewatch.wire.FlowOrder;
import io.gatewatch.wire.FlowPath;

/**
 * Says which flow a packet belongs to, which way it took, and which partition the flow's packets go
 * to. Allocates nothing for flows and paths that are known. One thread.
 */
final class FlowDirectory {
    private final boolean vlanInKey;
    private final long siteHash;
    private final PartitionBatch[] packetPartitions;
    private final PartitionBatch[] dnsPartitions;
    private final CaptureCounters counters;
    private final Runnable sendUnfinished;
    private final FlowTable flows;
    private final PathTable paths = new PathTable();

    /**
     * @param sendUnfinished ends all unfinished batches: done where every flow has a part in one
     *     and none can be forgotten
     */
    FlowDirectory(
            BatchSettings settings,
            CaptureCounters counters,
            PartitionBatch[] packetPartitions,
            PartitionBatch[] dnsPartitions,
            Runnable sendUnfinished) {
        vlanInKey = settings.keyVlan();
        siteHash = FlowHash.ofSite(settings.site());
        this.packetPartitions = packetPartitions;
        this.dnsPartitions = dnsPartitions;
        this.counters = counters;
        this.sendUnfinished = sendUnfinished;
        flows = new FlowTable(settings.maxFlows());
    }

    /** Whether the packet was sent by end A of its flow. */
    static boolean isFromA(PacketView v) {
        return v.oneWay
                || FlowOrder.sourceIsA(
                        v.sourceHigh,
                        v.sourceLow,
                        v.sourcePort,
                        v.destinationHigh,
                        v.destinationLow,
                        v.destinationPort);
    }

    /** The packet's flow; a new one if it was not known. */
    Flow flowOf(PacketView v, boolean fromB) {
        return fromB ? flowFromB(v) : flowFromA(v);
    }

    private Flow flowFromA(PacketView v) {
        long numbers =
                FlowTable.numbers(
                        v.protocol, v.ipVersion, v.sourcePort, v.destinationPort, keyVlan(v));
        return flow(v.sourceHigh, v.sourceLow, v.destinationHigh, v.destinationLow, numbers);
    }

    private Flow flowFromB(PacketView v) {
        long numbers =
                FlowTable.numbers(
                        v.protocol, v.ipVersion, v.destinationPort, v.sourcePort, keyVlan(v));
        return flow(v.destinationHigh, v.destinationLow, v.sourceHigh, v.sourceLow, numbers);
    }

    private int keyVlan(PacketView v) {
        if (!vlanInKey || v.vlanCount == 0) {
            return FlowPath.NO_VLAN;
        }
        int shift = 16 * (v.vlanCount - 1); // the outermost tag
        return (int) (v.vlanTags >>> shift) & FlowPath.VLAN_ID_MASK;
    }

    private Flow flow(long aHigh, long aLow, long bHigh, long bLow, long numbers) {
        long hash = flows.hash(aHigh, aLow, bHigh, bLow, numbers);
        Flow flow = flows.find(hash, aHigh, aLow, bHigh, bLow, numbers);
        if (flow != null) {
            return flow;
        }
        makeRoom();
        flow = flows.add(hash, aHigh, aLow, bHigh, bLow, numbers);
        counters.addNewFlow();
        assignPartition(flow);
        return flow;
    }

    private void makeRoom() {
        if (!flows.isFull()) {
            return;
        }
        if (!flows.evict()) {
            sendUnfinished.run();
            flows.evict();
        }
        counters.addEvictedFlow();
    }

    private void assignPartition(Flow flow) {
        BatchTopic topic = BatchTopic.of(flow.protocol(), flow.portA(), flow.portB());
        flow.wholePayload = topic == BatchTopic.DNS;
        PartitionBatch[] partitions = topic == BatchTopic.DNS ? dnsPartitions : packetPartitions;
        long hash =
                FlowHash.of(
                        siteHash,
                        flow.protocol(),
                        flow.ipVersion(),
                        flow.addressAHigh,
                        flow.addressALow,
                        flow.addressBHigh,
                        flow.addressBLow,
                        flow.portA(),
                        flow.portB());
        flow.partition = partitions[FlowHash.partition(hash, partitions.length)];
    }

    /** The way that the packet took. */
    FlowPath pathOf(Flow flow, boolean fromB, int interfaceIndex, PacketView v) {
        FlowPath last = fromB ? flow.pathFromB : flow.pathFromA;
        if (last != null && PathTable.isSame(last, interfaceIndex, v)) {
            return last;
        }
        FlowPath path = paths.pathOf(interfaceIndex, v);
        if (fromB) {
            flow.pathFromB = path;
        } else {
            flow.pathFromA = path;
        }
        return path;
    }
}
