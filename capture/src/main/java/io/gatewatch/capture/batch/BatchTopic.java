package io.gatewatch.capture.batch;

/**
 * Where a batch goes: DNS flows (TCP and UDP on ports 53, 5353 and 5355 at either end) travel apart
 * from all others.
 */
public enum BatchTopic {
    PACKETS,
    DNS;

    private static final int DNS_PORT = 53;
    private static final int MULTICAST_DNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;
    private static final int TCP = 6;
    private static final int UDP = 17;

    /** The topic of a flow with this IANA protocol number and these ports. */
    public static BatchTopic of(int protocol, int portA, int portB) {
        boolean hasPorts = protocol == UDP || protocol == TCP;
        return hasPorts && (isDns(portA) || isDns(portB)) ? DNS : PACKETS;
    }

    private static boolean isDns(int port) {
        return port == DNS_PORT || port == MULTICAST_DNS_PORT || port == LLMNR_PORT;
    }
}
