package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;

/**
 * The packets of one flow in one batch, with what the batch says about them: what is shuffled in
 * the place of packets. Its bytes are a range of the batch, or of their own; they are never
 * changed. Immutable.
 */
public final class FlowSlice {
    private final FlowKey key;
    private final String gateway;
    private final long bootId;
    private final long minute;
    private final long watermarkNs;
    private final long baseTimeNs;
    private final boolean packetIdentity;
    private final boolean gap;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    /**
     * @param key what sessions are assembled under
     * @param gateway the gateway that captured the packets
     * @param bootId the run of its agent
     * @param minute the capture minute that the agent counted them in
     * @param watermarkNs the partition's watermark as it was before the batch
     * @param baseTimeNs packet times are coded relative to it
     * @param packetIdentity packets carry IP identification and checksum
     * @param gap packets of the gateway were lost before or within the batch
     * @param bytes hold the flow block at {@code offset}, {@code length} bytes long
     */
    public FlowSlice(
            FlowKey key,
            String gateway,
            long bootId,
            long minute,
            long watermarkNs,
            long baseTimeNs,
            boolean packetIdentity,
            boolean gap,
            byte[] bytes,
            int offset,
            int length) {
        this.key = key;
        this.gateway = gateway;
        this.bootId = bootId;
        this.minute = minute;
        this.watermarkNs = watermarkNs;
        this.baseTimeNs = baseTimeNs;
        this.packetIdentity = packetIdentity;
        this.gap = gap;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    public FlowKey key() {
        return key;
    }

    public String gateway() {
        return gateway;
    }

    public long bootId() {
        return bootId;
    }

    public long minute() {
        return minute;
    }

    public long watermarkNs() {
        return watermarkNs;
    }

    public long baseTimeNs() {
        return baseTimeNs;
    }

    public boolean packetIdentity() {
        return packetIdentity;
    }

    public boolean gap() {
        return gap;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Moves the view to this slice's packets. */
    public void show(FlowBlock view) throws WireFormatException {
        view.wrap(bytes, offset, length, baseTimeNs, packetIdentity);
    }
}
