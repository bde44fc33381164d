package io.gatewatch.packet;

/**
 * Decodes frames of any supported link type into a {@link PacketView}. Allocates nothing per frame.
 */
public final class PacketDecoder {
    /** Whether frames of this LINKTYPE_ can be decoded at all. */
    public static boolean supports(int linkType) {
        return linkType == 1;
    }

    /**
     * Decodes one frame.
     *
     * @param linkType LINKTYPE_ value of the tcpdump.org registry
     * @param offset where the frame begins in {@code bytes}
     * @param capturedLength bytes of it that were captured
     * @param originalLength bytes of it on the wire
     * @param view filled when the outcome is {@link DecodeOutcome#DECODED}, undefined otherwise
     */
    public DecodeOutcome decode(
            int linkType,
            byte[] bytes,
            int offset,
            int capturedLength,
            int originalLength,
            PacketView view) {
        throw new UnsupportedOperationException();
    }
}
