package io.gatewatch.dns.names;

import io.gatewatch.wire.address.IpAddress;

/**
 * What names are looked up by. Immutable; parts instead of objects, because there are many.
 *
 * @param anyClient the name holds for all clients of the site, and the client's parts are 0
 */
public record NameKey(
        String site,
        boolean anyClient,
        NameSource source,
        boolean ipv4,
        long clientHigh,
        long clientLow,
        long addressHigh,
        long addressLow) {

    static NameKey of(String site, IpAddress client, IpAddress address, NameSource source) {
        return new NameKey(
                site,
                client == null,
                source,
                address.version() == 4,
                client == null ? 0 : client.high(),
                client == null ? 0 : client.low(),
                address.high(),
                address.low());
    }

    @Override
    public int hashCode() {
        long mixed = mix(site.hashCode(), addressLow);
        mixed = mix(mixed, clientLow);
        mixed = mix(mixed, addressHigh ^ clientHigh);
        return (int) (mixed ^ mixed >>> 32) + source.ordinal();
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
