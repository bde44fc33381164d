package io.gatewatch.dns.names;

import io.gatewatch.wire.address.IpAddress;

/**
 * An answer gave an address a name.
 *
 * @param client who asked; null where everybody on the network heard it, which are exactly {@link
 *     NameSource#MDNS} and {@link NameSource#DNS_PTR}
 * @param name at most {@value #MAX_NAME_LENGTH} characters, as in {@code DnsMessage}
 * @param timeNs when the answer was captured, nanoseconds since 1970-01-01 UTC
 * @param ttlSeconds of the record that has the address
 */
public record NameFact(
        String site,
        IpAddress client,
        IpAddress address,
        NameSource source,
        String name,
        long timeNs,
        long ttlSeconds) {
    /** Longer names are no host names (RFC 1035 section 2.3.4), but escaped bytes. */
    public static final int MAX_NAME_LENGTH = 255;
}
