package io.gatewatch.dns.names;

/**
 * Names of SVCB and HTTPS records: labels that begin with an underscore, of a port and a scheme,
 * stand before the name of the host (RFC 9460 section 2.3).
 */
final class ServiceName {
    private static final String RESOLVER = "_dns";

    private ServiceName() {}

    /**
     * The host, or an empty name where there is none: below {@code _dns} are the resolver's own
     * addresses (RFC 9461, RFC 9462), which nobody asked for to reach a host.
     *
     * @param name as in {@code DnsMessage}
     */
    static String host(String name) {
        int at = 0;
        while (at < name.length() && name.charAt(at) == '_') {
            int end = endOfLabel(name, at);
            if (end - at == RESOLVER.length() && name.startsWith(RESOLVER, at)) {
                return "";
            }
            at = Math.min(name.length(), end + 1);
        }
        return name.substring(at);
    }

    /** An escaped dot is part of a label. */
    private static int endOfLabel(String name, int from) {
        int at = from;
        while (at < name.length() && name.charAt(at) != '.') {
            at += name.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, name.length());
    }
}
