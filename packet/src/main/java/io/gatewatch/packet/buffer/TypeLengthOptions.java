package io.gatewatch.packet.buffer;

/**
 * The form that IPv4 options (RFC 791, section 3.1) and TCP options (RFC 9293, section 3.1) share:
 * type 0 ends the list, type 1 is one byte of padding, all others have a length that counts type
 * and length themselves.
 */
public final class TypeLengthOptions {
    private static final int END_OF_LIST = 0;
    private static final int NO_OPERATION = 1;

    private TypeLengthOptions() {}

    /**
     * Whether every option from {@code from} on has a possible length.
     *
     * @param end where the options end
     * @param capturedEnd where reading has to end; an option cut there may still be well formed
     */
    public static boolean wellFormed(byte[] bytes, int from, int end, int capturedEnd) {
        int at = from;
        while (at < capturedEnd) {
            int type = bytes[at];
            if (type == END_OF_LIST) {
                return true;
            }
            if (type == NO_OPERATION) {
                at++;
                continue;
            }
            if (at + 1 >= capturedEnd) {
                return capturedEnd < end;
            }
            int length = bytes[at + 1] & 0xFF;
            if (length < 2 || length > end - at) {
                return false;
            }
            at += length;
        }
        return true;
    }
}
