package io.gatewatch.capture.batch;

import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.PacketEncoder;
import io.gatewatch.wire.ReportEncoder;
import io.gatewatch.wire.WirePacket;
import java.util.Arrays;

/**
 * The unfinished batch of one partition of a topic. Packets are encoded as they come, one behind
 * the other into an arena; each flow keeps a chain of the runs that are its own, so that a finished
 * batch is put together by copying. Everything is reused for the next batch. Not thread safe.
 */
final class PartitionBatch {
    /**
     * Bytes of a batch, its head apart. With the head (see {@link BatchInterfaces}) it stays well
     * below the 1 MB that a Kafka record may have. A packet alone may have more, as far as a frame
     * can.
     */
    static final int MAX_BLOCK_BYTES = 512 * 1024;

    /** Most bytes of a flow's block before its paths, its length included. */
    private static final int MAX_FLOW_BYTES = 64;

    /** Most bytes of a path. */
    private static final int MAX_PATH_BYTES = 80;

    private static final int INITIAL_ARENA_BYTES = 32 * 1024;
    private static final int INITIAL_RUNS = 512;
    private static final int INITIAL_SLICES = 64;

    final BatchTopic topic;
    final int partition;

    /** Number of the next batch. */
    long sequence;

    /** When something is to be sent here, a batch or a punctuation: capture clock. */
    long dueNs = Long.MAX_VALUE;

    private final boolean packetIdentity;
    private long baseTimeNs;
    private int packets;
    private int blockBytes;

    private byte[] arena = new byte[INITIAL_ARENA_BYTES];
    private int arenaTop;

    private int[] runStart = new int[INITIAL_RUNS];
    private int[] runEnd = new int[INITIAL_RUNS];
    private int[] runNext = new int[INITIAL_RUNS];
    private int runs;

    private FlowSlice[] slices = new FlowSlice[INITIAL_SLICES];
    private int sliceCount;

    PartitionBatch(BatchTopic topic, int partition, boolean packetIdentity) {
        this.topic = topic;
        this.partition = partition;
        this.packetIdentity = packetIdentity;
    }

    boolean isEmpty() {
        return sliceCount == 0;
    }

    int packets() {
        return packets;
    }

    /** The time of its first packet or report, 0 while it is empty. */
    long baseTimeNs() {
        return isEmpty() ? 0 : baseTimeNs;
    }

    /** Whether a packet or report of this flow, of so many bytes, can be added to what is there. */
    boolean hasRoomFor(Flow flow, int bytes) {
        FlowSlice slice = flow.slice;
        int more = bytes + MAX_FLOW_BYTES + MAX_PATH_BYTES;
        return arenaTop + blockBytes + more <= MAX_BLOCK_BYTES
                && (slice == null || !slice.pathsAreFull());
    }

    /** Adds the next packet, whose path is set here. */
    void add(Flow flow, FlowPath path, WirePacket packet) {
        FlowSlice slice = sliceOf(flow, packet.timeNs);
        int pathsBefore = slice.pathCount();
        packet.path = slice.indexOf(path);
        blockBytes += (slice.pathCount() - pathsBefore) * MAX_PATH_BYTES;
        encode(slice, packet);
        slice.packets++;
        packets++;
    }

    /** Adds what a packet of another flow says of this one. */
    void addReport(Flow flow, long timeNs, long anomalies) {
        FlowSlice slice = sliceOf(flow, timeNs);
        blockBytes += ReportEncoder.MAX_LENGTH;
        slice.report(timeNs - baseTimeNs, anomalies);
    }

    private FlowSlice sliceOf(Flow flow, long timeNs) {
        if (isEmpty()) {
            baseTimeNs = timeNs;
        }
        return flow.slice != null ? flow.slice : openSlice(flow);
    }

    private FlowSlice openSlice(Flow flow) {
        if (sliceCount == slices.length) {
            slices = Arrays.copyOf(slices, 2 * sliceCount);
        }
        FlowSlice slice = slices[sliceCount];
        if (slice == null) {
            slice = new FlowSlice();
            slices[sliceCount] = slice;
        }
        sliceCount++;
        slice.start(flow, baseTimeNs);
        flow.slice = slice;
        blockBytes += MAX_FLOW_BYTES;
        return slice;
    }

    private void encode(FlowSlice slice, WirePacket packet) {
        int start = arenaTop;
        int most = PacketEncoder.maxLength(packet);
        if (arena.length - start < most) {
            arena = Arrays.copyOf(arena, Math.max(2 * arena.length, start + most));
        }
        arenaTop = PacketEncoder.encode(packet, slice.coding, packetIdentity, arena, start);
        slice.bytes += arenaTop - start;
        int last = slice.lastRun;
        if (last != FlowSlice.NO_RUN && runEnd[last] == start) {
            runEnd[last] = arenaTop;
        } else {
            addRun(slice, start);
        }
    }

    private void addRun(FlowSlice slice, int start) {
        if (runs == runStart.length) {
            runStart = Arrays.copyOf(runStart, 2 * runs);
            runEnd = Arrays.copyOf(runEnd, 2 * runs);
            runNext = Arrays.copyOf(runNext, 2 * runs);
        }
        int run = runs++;
        runStart[run] = start;
        runEnd[run] = arenaTop;
        runNext[run] = FlowSlice.NO_RUN;
        if (slice.lastRun == FlowSlice.NO_RUN) {
            slice.firstRun = run;
        } else {
            runNext[slice.lastRun] = run;
        }
        slice.lastRun = run;
    }

    /** Writes all flows, in the order of their first packets or reports, behind the head. */
    void encodeTo(BatchEncoder encoder, FlowEntry entry) {
        for (int i = 0; i < sliceCount; i++) {
            FlowSlice slice = slices[i];
            slice.encodeTo(encoder, entry);
            for (int run = slice.firstRun; run != FlowSlice.NO_RUN; run = runNext[run]) {
                encoder.packets(arena, runStart[run], runEnd[run] - runStart[run]);
            }
        }
    }

    /** Empties it for the next batch. */
    void clear() {
        for (int i = 0; i < sliceCount; i++) {
            Flow flow = slices[i].flow;
            flow.slice = null;
            flow.inEarlierBatch |= slices[i].packets > 0;
            slices[i].flow = null;
        }
        sliceCount = 0;
        runs = 0;
        arenaTop = 0;
        blockBytes = 0;
        packets = 0;
    }
}
