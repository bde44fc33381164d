package io.gatewatch.wire;

/**
 * Which end of a flow is A: the one with the smaller (address, port), compared as unsigned bytes in
 * network order, as Community ID v1 orders them. ICMP and ICMPv6 messages without a counterpart
 * (errors and the like) are not ordered: A is their sender, so each direction is a flow of its own.
 */
public final class FlowOrder {
    private FlowOrder() {}

    /**
     * Whether (source, sourcePort) comes first. Addresses as in {@link FlowEntry}, of one IP
     * version.
     */
    public static boolean sourceIsA(
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort) {
        int order = Long.compareUnsigned(sourceHigh, destinationHigh);
        if (order == 0) {
            order = Long.compareUnsigned(sourceLow, destinationLow);
        }
        return order < 0 || (order == 0 && sourcePort <= destinationPort);
    }
}
