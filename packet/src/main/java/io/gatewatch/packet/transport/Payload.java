package io.gatewatch.packet.transport;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/** The last step of every transport header: what stands behind it is the payload. */
final class Payload {
    private Payload() {}

    /**
     * Ends the packet as decoded.
     *
     * @param headerLength length of the header at the frame's position, on the wire
     * @param payloadLength bytes behind it, on the wire
     */
    static int behind(Frame frame, PacketView view, int headerLength, int payloadLength) {
        view.transportHeaderLength = headerLength;
        view.payloadLength = payloadLength;
        view.payloadStart = frame.position - view.fragmentPosition + headerLength;
        // A header that was cut has its payload at the end of the captured bytes.
        int readable = Math.min(headerLength, frame.capturedRemaining());
        view.payloadOffset = frame.position + readable;
        view.capturedPayloadLength = Math.min(payloadLength, frame.capturedRemaining() - readable);
        return NextHeader.end(DecodeOutcome.DECODED);
    }
}
