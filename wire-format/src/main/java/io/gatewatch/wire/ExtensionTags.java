package io.gatewatch.wire;

/**
 * Assigned tags of extension fields, as docs/wire-format.md lists them. Batch, flow and packet have
 * number spaces of their own. Only ever added to.
 */
public final class ExtensionTags {
    /** Of a flow: what other packets said about it, see {@link ReportCursor}. */
    public static final long FLOW_REPORTS = 1;

    /**
     * Of a packet: the payload of the UDP datagram that this packet, an IP fragment, completed:
     * bytes from its first to its last.
     */
    public static final long PACKET_MESSAGE = 1;

    private ExtensionTags() {}
}
