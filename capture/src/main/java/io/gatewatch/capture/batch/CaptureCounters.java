package io.gatewatch.capture.batch;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.wire.BatchHead;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one boot of an agent has seen, cumulative. Every counter has one writer: the capturing
 * thread, but for {@link #kernelDropped(long)}, which belongs to whoever asks the kernel. Others
 * read at any time; each counter by itself is right and never goes back, two of them may be a few
 * frames apart.
 *
 * <p>captured + decapsulated = bad timestamps + packets of every outcome; decoded = own traffic +
 * fragments without a first + shipped + queue drops + what waits in unfinished batches and for a
 * first fragment.
 */
public final class CaptureCounters {
    private static final int CAPTURED = 0;
    private static final int DECAPSULATED = 1;
    private static final int SHIPPED_PACKETS = 2;
    private static final int SHIPPED_BATCHES = 3;
    private static final int SHIPPED_BYTES = 4;
    private static final int KERNEL_DROPPED = 5;
    private static final int QUEUE_DROPPED = 6;
    private static final int OWN_TRAFFIC = 7;
    private static final int BAD_TIMESTAMP = 8;
    private static final int EVICTED_FLOWS = 9;
    private static final int NEW_FLOWS = 10;
    private static final int FRAGMENT_WITHOUT_FIRST = 11;
    private static final int EVICTED_DATAGRAMS = 12;
    private static final int CLOCK = 13;
    private static final int WAITING_FRAGMENTS = 14;
    private static final int FIRST_OUTCOME = 15;

    /** Name of {@link #badTimestamp} in metrics and the ledger. */
    public static final String BAD_TIMESTAMP_REASON = "bad_timestamp";

    /** Name of {@link #ownTraffic} in metrics and the ledger. */
    public static final String OWN_TRAFFIC_REASON = "own_traffic";

    /** Name of {@link #fragmentWithoutFirst} in metrics and the ledger. */
    public static final String FRAGMENT_WITHOUT_FIRST_REASON = "fragment_without_first";

    private static final DecodeOutcome[] OUTCOMES = DecodeOutcome.values();

    private final AtomicLongArray counts = new AtomicLongArray(FIRST_OUTCOME + OUTCOMES.length);

    public CaptureCounters() {
        counts.setOpaque(CLOCK, BatchHead.NO_CLOCK);
    }

    /**
     * The capture clock, nanoseconds since 1970; {@link BatchHead#NO_CLOCK} before the first frame.
     */
    public long clockNs() {
        return counts.getOpaque(CLOCK);
    }

    /** Frames read from the interfaces or files. */
    public long captured() {
        return counts.getOpaque(CAPTURED);
    }

    /**
     * Packets found inside tunnels, or behind the first of an aggregated 802.11 frame: counted
     * beside the frames that carried them.
     */
    public long decapsulated() {
        return counts.getOpaque(DECAPSULATED);
    }

    /** Packets in batches that the output took. */
    public long shippedPackets() {
        return counts.getOpaque(SHIPPED_PACKETS);
    }

    /** Batches that the output took, punctuations and end markers included. */
    public long shippedBatches() {
        return counts.getOpaque(SHIPPED_BATCHES);
    }

    /** Bytes of the batches that the output took. */
    public long shippedBytes() {
        return counts.getOpaque(SHIPPED_BYTES);
    }

    /** Frames that the kernel dropped before they could be read. */
    public long kernelDropped() {
        return counts.getOpaque(KERNEL_DROPPED);
    }

    /** Packets in batches that the output refused. */
    public long queueDropped() {
        return counts.getOpaque(QUEUE_DROPPED);
    }

    /** Frames between this agent and its Kafka brokers, left out. */
    public long ownTraffic() {
        return counts.getOpaque(OWN_TRAFFIC);
    }

    /** Frames whose capture time cannot be used, left out. */
    public long badTimestamp() {
        return counts.getOpaque(BAD_TIMESTAMP);
    }

    /** Flows forgotten because the flow table was full. */
    public long evictedFlows() {
        return counts.getOpaque(EVICTED_FLOWS);
    }

    /** Flows that were not in the flow table when a packet of theirs came. */
    public long newFlows() {
        return counts.getOpaque(NEW_FLOWS);
    }

    /** Fragments, left out, of datagrams whose first fragment did not come in time. */
    public long fragmentWithoutFirst() {
        return counts.getOpaque(FRAGMENT_WITHOUT_FIRST);
    }

    /** Datagrams in fragments forgotten before their time, because there were too many. */
    public long evictedDatagrams() {
        return counts.getOpaque(EVICTED_DATAGRAMS);
    }

    /** Flows in the flow table now. */
    public long rememberedFlows() {
        long evicted = evictedFlows(); // first, so that the difference is never negative
        return newFlows() - evicted;
    }

    /** Fragments that wait for the first one of their datagram now. */
    public long waitingFragments() {
        return counts.getOpaque(WAITING_FRAGMENTS);
    }

    /** Frames, and packets in tunnels, with this outcome. */
    public long count(DecodeOutcome outcome) {
        return counts.getOpaque(FIRST_OUTCOME + outcome.ordinal());
    }

    /**
     * Packets left out on purpose, all reasons: outcomes, own traffic, bad timestamps and fragments
     * without a first.
     */
    public long ignored() {
        return sum(DecodeOutcome.Kind.IGNORED)
                + ownTraffic()
                + badTimestamp()
                + fragmentWithoutFirst();
    }

    /** Frames whose headers could not be decoded, all reasons. */
    public long undecodable() {
        return sum(DecodeOutcome.Kind.UNDECODABLE);
    }

    private long sum(DecodeOutcome.Kind kind) {
        long sum = 0;
        for (DecodeOutcome outcome : OUTCOMES) {
            if (outcome.kind() == kind) {
                sum += count(outcome);
            }
        }
        return sum;
    }

    /** Sets what the kernel says it has dropped since capture began. */
    public void kernelDropped(long total) {
        counts.setOpaque(KERNEL_DROPPED, total);
    }

    void clock(long clockNs) {
        counts.setOpaque(CLOCK, clockNs);
    }

    void waitingFragments(long now) {
        counts.setOpaque(WAITING_FRAGMENTS, now);
    }

    void addCaptured() {
        add(CAPTURED, 1);
    }

    void addShipped(int packets, int bytes) {
        add(SHIPPED_PACKETS, packets);
        add(SHIPPED_BATCHES, 1);
        add(SHIPPED_BYTES, bytes);
    }

    void addQueueDropped(int packets) {
        add(QUEUE_DROPPED, packets);
    }

    void addDecapsulated() {
        add(DECAPSULATED, 1);
    }

    void addFragmentsWithoutFirst(int fragments) {
        add(FRAGMENT_WITHOUT_FIRST, fragments);
    }

    void addEvictedDatagram() {
        add(EVICTED_DATAGRAMS, 1);
    }

    void addOwnTraffic() {
        add(OWN_TRAFFIC, 1);
    }

    void addBadTimestamp() {
        add(BAD_TIMESTAMP, 1);
    }

    void addEvictedFlow() {
        add(EVICTED_FLOWS, 1);
    }

    void addNewFlow() {
        add(NEW_FLOWS, 1);
    }

    void add(DecodeOutcome outcome) {
        add(FIRST_OUTCOME + outcome.ordinal(), 1);
    }

    /** One writer each, so an addition needs no atomic instruction. */
    private void add(int counter, long more) {
        counts.setOpaque(counter, counts.getPlain(counter) + more);
    }
}
