package io.gatewatch.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/**
 * A frame that was decoded twice, between bytes of zero and between bytes of ones: the result must
 * be the same, so nothing outside of the frame was read.
 */
public final class DecodedFrame {
    private static final int ETHERNET = 1;
    private static final int MARGIN = 80;

    public final DecodeOutcome outcome;
    public final PacketView view;
    private final int frameOffset;

    private DecodedFrame(DecodeOutcome outcome, PacketView view, int frameOffset) {
        this.outcome = outcome;
        this.view = view;
        this.frameOffset = frameOffset;
    }

    /** An Ethernet frame captured whole. */
    public static DecodedFrame of(byte[] frame) {
        return of(frame, frame.length);
    }

    /** An Ethernet frame of which {@code captured} was kept. */
    public static DecodedFrame of(byte[] captured, int originalLength) {
        return of(ETHERNET, captured, originalLength);
    }

    /** A frame of another link type, captured whole. */
    public static DecodedFrame of(int linkType, byte[] frame) {
        return of(linkType, frame, frame.length);
    }

    public static DecodedFrame of(int linkType, byte[] captured, int originalLength) {
        DecodedFrame first = decode(linkType, captured, originalLength, (byte) 0x00, MARGIN);
        DecodedFrame second = decode(linkType, captured, originalLength, (byte) 0xFF, MARGIN);
        DecodedFrame third = decode(linkType, captured, originalLength, (byte) 0x55, 0);
        assertThat(second.outcome).isEqualTo(first.outcome);
        assertThat(third.outcome).isEqualTo(first.outcome);
        if (first.outcome == DecodeOutcome.DECODED) {
            assertThat(second.facts()).isEqualTo(first.facts());
            assertThat(third.facts()).isEqualTo(first.facts());
        }
        return first;
    }

    private static DecodedFrame decode(
            int linkType, byte[] captured, int originalLength, byte around, int margin) {
        byte[] bytes = new byte[margin + captured.length + margin];
        Arrays.fill(bytes, around);
        System.arraycopy(captured, 0, bytes, margin, captured.length);
        PacketView view = new PacketView();
        DecodeOutcome outcome =
                new PacketDecoder()
                        .decode(linkType, bytes, margin, captured.length, originalLength, view);
        return new DecodedFrame(outcome, view, margin);
    }

    /** The captured part of the payload. */
    public byte[] payload() {
        int from = view.payloadOffset;
        return Arrays.copyOfRange(view.bytes, from, from + view.capturedPayloadLength);
    }

    /** The captured part of the TCP options. */
    public byte[] options() {
        int from = view.optionsOffset;
        return Arrays.copyOfRange(view.bytes, from, from + view.optionsLength);
    }

    public boolean has(PacketAnomaly anomaly) {
        return (view.anomalies & anomaly.bit()) != 0;
    }

    /** Everything that the view says, with positions relative to the frame. */
    public String facts() {
        return String.join(
                " ",
                Long.toHexString(view.sourceMac),
                Long.toHexString(view.destinationMac),
                view.vlanCount + ":" + Long.toHexString(view.vlanTags),
                "ip" + view.ipVersion,
                Long.toHexString(view.sourceHigh) + ":" + Long.toHexString(view.sourceLow),
                Long.toHexString(view.destinationHigh)
                        + ":"
                        + Long.toHexString(view.destinationLow),
                "protocol=" + view.protocol,
                "ipLength=" + view.ipLength,
                "id=" + view.ipIdentification,
                "more=" + view.moreFragments,
                "ports=" + view.sourcePort + "," + view.destinationPort,
                "oneWay=" + view.oneWay,
                "header=" + view.transportHeaderLength,
                "payload=" + view.payloadLength,
                "checksum=" + view.transportChecksum,
                "sequence=" + view.sequence + "," + view.acknowledgement,
                "flags=" + view.tcpFlags,
                "window=" + view.window,
                "options=" + (view.optionsOffset == 0 ? 0 : view.optionsOffset - frameOffset),
                Arrays.toString(options()),
                "at=" + (view.payloadOffset - frameOffset),
                Arrays.toString(payload()),
                "anomalies=" + view.anomalies);
    }
}
