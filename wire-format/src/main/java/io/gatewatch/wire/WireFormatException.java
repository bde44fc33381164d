package io.gatewatch.wire;

/**
 * Bytes that are not a batch of a known version; the message says what is wrong and at which
 * offset. Carries no stack trace: refusing hostile bytes costs no more than reading them.
 */
public final class WireFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    public WireFormatException(String message) {
        super(message, null, false, false);
    }
}
