package io.gatewatch.wire;

/**
 * The tunnel that a packet was found in.
 *
 * @param kind how the packet was wrapped
 * @param ipVersion 4 or 6, of the outer addresses
 * @param sourceHigh outer source address, upper 64 bits; 0 for IPv4
 * @param sourceLow lower 64 bits; an IPv4 address in the lower 32
 * @param destinationHigh outer destination address, likewise
 * @param destinationLow likewise
 * @param id VNI, key or TEID; {@link #NO_ID} where the kind has none
 */
public record Tunnel(
        TunnelKind kind,
        int ipVersion,
        long sourceHigh,
        long sourceLow,
        long destinationHigh,
        long destinationLow,
        long id) {
    public static final long NO_ID = -1;
}
