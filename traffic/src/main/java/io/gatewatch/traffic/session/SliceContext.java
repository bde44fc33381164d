package io.gatewatch.traffic.session;

/** What a flow slice's batch says about its packets. Mutable and reused. */
public final class SliceContext {
    /** Before any clock is known. */
    public static final long NO_WATERMARK = Long.MIN_VALUE;

    /** The gateway that captured the packets. */
    public String gateway = "";

    /** The partition's watermark as it was before the slice's batch, nanoseconds. */
    public long watermarkNs = NO_WATERMARK;

    /** Packets of this gateway were lost before or within the batch. */
    public boolean gap;

    /** Wall clock of the job, milliseconds: decides nothing but when interim rows are due. */
    public long processingTimeMs;
}
