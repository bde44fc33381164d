package io.gatewatch.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What a batch says about itself. Mutable and reused, by the encoder's caller and by the decoder;
 * not thread safe. Times are nanoseconds since 1970-01-01 UTC.
 */
public final class BatchHead {
    /** The input is a capture file, not a live interface. */
    public static final int FLAG_FILE = 1;

    /** The capture ended with this batch; more captures of the gateway may follow. */
    public static final int FLAG_END_OF_CAPTURE = 1 << 1;

    /** Nothing follows from any gateway: all open sessions become final. */
    public static final int FLAG_LAST_OF_ALL = 1 << 2;

    /** Every packet carries its IP identification and transport checksum. */
    public static final int FLAG_PACKET_IDENTITY = 1 << 3;

    static final int KNOWN_FLAGS =
            FLAG_FILE | FLAG_END_OF_CAPTURE | FLAG_LAST_OF_ALL | FLAG_PACKET_IDENTITY;

    /** No packet has been captured yet, so the capture clock does not stand anywhere. */
    public static final long NO_CLOCK = Long.MIN_VALUE;

    public int flags;

    /** Part of every key; 1 to 255 bytes of UTF-8. */
    public String site = "";

    /** Who captured; 1 to 255 bytes of UTF-8. */
    public String gateway = "";

    /** Identifies one run of one agent; a hash of the input for capture files. */
    public long bootId;

    /** Counts the batches of this boot in this topic-partition, from 0. */
    public long sequence;

    /**
     * The capture clock: everything captured up to here has been sent. {@link #NO_CLOCK} or a time.
     */
    public long clockNs = NO_CLOCK;

    /**
     * The capture minute that all packets of the batch belong to: floor of {@link #clockNs} / 60 s,
     * 0 before the clock stands. Packet times may be of earlier minutes, since the clock never goes
     * back.
     */
    public long minute;

    /**
     * Times of packets and reports are coded relative to it: the time of whichever came first, 0
     * without any.
     */
    public long baseTimeNs;

    // Cumulative counters of this boot, as of this batch; never negative.

    /** Frames read from the interface or file. */
    public long captured;

    /** Packets found inside tunnels, counted beside the frames that carried them. */
    public long decapsulated;

    /** Frames that the kernel dropped before they could be read. */
    public long kernelDropped;

    /** Frames dropped because the queue in front of the producer was full. */
    public long queueDropped;

    /** Frames whose headers could not be decoded, all reasons. */
    public long undecodable;

    /** Frames left out on purpose, all reasons. */
    public long ignored;

    public final List<CaptureInterface> interfaces = new ArrayList<>();

    /** Set by the decoder, and by the encoder's {@code finish}. */
    public int flowCount;

    /** Set by the decoder, and by the encoder's {@code finish}. */
    public int packetCount;

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
