package io.gatewatch.dns.log;

/** How a message travelled. */
public enum DnsTransport {
    UDP("udp"),
    TCP("tcp"),
    /** Multicast DNS, port 5353 (RFC 6762). */
    MDNS("mdns"),
    /** Link-local multicast name resolution, port 5355 (RFC 4795). */
    LLMNR("llmnr");

    static final DnsTransport[] VALUES = values();

    private static final int DNS_PORT = 53;
    private static final int MDNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;

    private final String text;

    DnsTransport(String text) {
        this.text = text;
    }

    /** Port 53 on either side decides: a client of a resolver may have any port. */
    static DnsTransport of(boolean tcp, int portA, int portB) {
        if (portA == DNS_PORT || portB == DNS_PORT) {
            return tcp ? TCP : UDP;
        }
        if (portA == MDNS_PORT || portB == MDNS_PORT) {
            return MDNS;
        }
        if (portA == LLMNR_PORT || portB == LLMNR_PORT) {
            return LLMNR;
        }
        return tcp ? TCP : UDP;
    }

    /** Whoever is on the network answers, not a server that was chosen. */
    public boolean isLocal() {
        return this == MDNS || this == LLMNR;
    }

    /** As in the table. */
    public String text() {
        return text;
    }
}
