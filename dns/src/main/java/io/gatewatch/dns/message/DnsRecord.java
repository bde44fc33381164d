package io.gatewatch.dns.message;

import io.gatewatch.wire.address.IpAddress;
import java.util.List;

/**
 * A resource record (RFC 1035 section 4.1.3). Names as in {@link DnsMessage}.
 *
 * @param name owner
 * @param type mnemonic, {@code TYPE65280} where there is none (RFC 3597)
 * @param ttl seconds, 0 to 2³¹ − 1; a value with the highest bit set is 0 (RFC 2181 section 8)
 * @param rdata presentation format, in ASCII; of types that are not known {@code \# length hex}
 *     (RFC 3597)
 * @param target the name that CNAME and PTR records point to, null for others
 * @param addresses of A and AAAA records, and the address hints of SVCB and HTTPS records (RFC
 *     9460)
 */
public record DnsRecord(
        String name,
        String type,
        long ttl,
        String rdata,
        String target,
        List<IpAddress> addresses) {}
