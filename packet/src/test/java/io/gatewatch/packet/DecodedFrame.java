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

    /** The packet in the tunnel that this one carries; null if it carries none. */
    public final DecodedFrame inner;

    private final int frameOffset;

    private DecodedFrame(
            DecodeOutcome outcome, PacketView view, DecodedFrame inner, int frameOffset) {
        this.outcome = outcome;
        this.view = view;
        this.inner = inner;
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
        PacketDecoder decoder = new PacketDecoder();
        PacketView view = new PacketView();
        DecodeOutcome outcome =
                decoder.decode(linkType, bytes, margin, captured.length, originalLength, view);
        return withInner(decoder, outcome, view, margin);
    }

    private static DecodedFrame withInner(
            PacketDecoder decoder, DecodeOutcome outcome, PacketView view, int margin) {
        PacketView own = new PacketView();
        own.copy(view);
        DecodedFrame inner =
                outcome == DecodeOutcome.DECODED && decoder.enterTunnel(view)
                        ? withInner(decoder, decoder.decodeInner(view), view, margin)
                        : null;
        return new DecodedFrame(outcome, own, inner, margin);
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
                "anomalies=" + view.anomalies,
                view.isFragment() ? fragment() : "",
                view.tunnel == null ? "" : tunnel(),
                quoted(),
                inner == null ? "" : innerFacts());
    }

    private String fragment() {
        return String.join(
                " ",
                "fragment=" + view.fragmentOffset + "+" + view.fragmentLength,
                "of=" + view.fragmentIdentification,
                "captured=" + view.fragmentCapturedLength,
                "in=" + (view.fragmentPosition - frameOffset));
    }

    /** What the packet says of another one. */
    private String quoted() {
        QuotedPacket quoted = new QuotedPacket();
        long anomalies = quoted.read(view);
        PacketView q = quoted.view();
        return anomalies == 0
                ? ""
                : String.join(
                        " ",
                        "quoted=" + anomalies,
                        "protocol=" + q.protocol,
                        Long.toHexString(q.sourceHigh) + ":" + q.sourceLow + ":" + q.sourcePort,
                        Long.toHexString(q.destinationHigh)
                                + ":"
                                + q.destinationLow
                                + ":"
                                + q.destinationPort);
    }

    private String tunnel() {
        return String.join(
                " ",
                view.tunnel + ":" + view.tunnelId,
                "ip" + view.tunnelIpVersion,
                Long.toHexString(view.tunnelSourceHigh) + ":" + view.tunnelSourceLow,
                Long.toHexString(view.tunnelDestinationHigh) + ":" + view.tunnelDestinationLow);
    }

    private String innerFacts() {
        return "{"
                + inner.outcome
                + (inner.outcome == DecodeOutcome.DECODED ? " " + inner.facts() : "")
                + "}";
    }
}
