package io.gatewatch.dns.message;

/**
 * What is asked for (RFC 1035 section 4.1.2). Names as in {@link DnsMessage}.
 *
 * @param type mnemonic such as {@code AAAA}, {@code TYPE65280} where there is none (RFC 3597)
 */
public record DnsQuestion(String name, String type) {}
