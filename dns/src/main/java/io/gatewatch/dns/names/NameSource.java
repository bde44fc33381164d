package io.gatewatch.dns.names;

/** How an answer named an address, best first. */
public enum NameSource {
    /** An A or AAAA record. */
    DNS("dns"),
    /** An address hint of an SVCB or HTTPS record (RFC 9460). */
    DNS_SVCB("dns_svcb"),
    /** Multicast DNS (RFC 6762) or LLMNR (RFC 4795), of local names and addresses alone. */
    MDNS("mdns"),
    /** A PTR record, of private addresses alone. */
    DNS_PTR("dns_ptr");

    private final String text;

    NameSource(String text) {
        this.text = text;
    }

    /** As in {@code host_source}. */
    public String text() {
        return text;
    }
}
