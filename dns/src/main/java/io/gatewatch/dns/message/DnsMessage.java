package io.gatewatch.dns.message;

import java.util.List;

/**
 * One DNS message. Names are in lower case and without the final dot, the root is {@code .}; bytes
 * that are not plain text are escaped as {@code \DDD} (RFC 1035 section 5.1), so names are ASCII.
 *
 * @param id transaction id, 0 to 65,535
 * @param response the QR bit
 * @param opcode 0 to 15, 0 is a standard query
 * @param rcode 0 to 4,095, the extension in EDNS included (RFC 6891)
 * @param answers records of the answer section; those of the other sections are not kept
 */
public record DnsMessage(
        int id,
        boolean response,
        int opcode,
        int rcode,
        List<DnsQuestion> questions,
        List<DnsRecord> answers) {}
