package io.gatewatch.dns.message;

/** Bytes that are no DNS message. A common event on port 53, so it has no stack trace. */
public final class DnsFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    DnsFormatException(String message) {
        super(message, null, false, false);
    }
}
