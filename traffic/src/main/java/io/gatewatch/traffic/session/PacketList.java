package io.gatewatch.traffic.session;

/**
 * The first packets of a session, packed: direction, payload length, flags, offset in microseconds.
 */
public final class PacketList {
    private PacketList() {}

    /** The list as the JSON array of the interface: {@code [{"d":1,"l":0,"f":"S","t":0},…]}. */
    public static String toJson(byte[] packed) {
        throw new UnsupportedOperationException();
    }
}
