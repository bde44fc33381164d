package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;

/**
 * The packets of one flow in one batch, with what the batch says about them: what is shuffled in
 * the place of packets. Its bytes are a range of the batch, or of their own; they are never
 * changed. Immutable.
 *
 * @param key what sessions are assembled under
 * @param gateway the gateway that captured the packets
 * @param watermarkNs the partition's watermark as it was before the batch
 * @param baseTimeNs packet times are coded relative to it
 * @param packetIdentity packets carry IP identification and checksum
 * @param gap packets of the gateway were lost before or within the batch
 * @param bytes hold the flow block at {@code offset}, {@code length} bytes long
 */
public record FlowSlice(
        FlowKey key,
        String gateway,
        long watermarkNs,
        long baseTimeNs,
        boolean packetIdentity,
        boolean gap,
        byte[] bytes,
        int offset,
        int length) {
    /** Moves the view to this slice's packets. */
    void show(FlowBlock view) throws WireFormatException {
        view.wrap(bytes, offset, length, baseTimeNs, packetIdentity);
    }
}
