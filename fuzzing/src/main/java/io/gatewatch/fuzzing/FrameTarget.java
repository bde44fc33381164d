package io.gatewatch.fuzzing;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.QuotedPacket;

/**
 * Decodes a frame that stands in the middle of an array, and what its tunnels carry and its ICMP
 * error quotes: two bytes of link type, two bytes that say how much longer it was on the wire, then
 * its bytes.
 */
public final class FrameTarget {
    private static final int HEAD_LENGTH = 4;
    private static final int MARGIN = 32;
    private static final int MOST_PACKETS = 16;
    private static final PacketDecoder DECODER = new PacketDecoder();
    private static final PacketView VIEW = new PacketView();
    private static final QuotedPacket QUOTED = new QuotedPacket();

    private FrameTarget() {}

    /** The fuzzer's entry point. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < HEAD_LENGTH) {
            return;
        }
        int linkType = (input[0] & 0xFF) << 8 | (input[1] & 0xFF);
        int beyond = (input[2] & 0xFF) << 8 | (input[3] & 0xFF);
        int length = input.length - HEAD_LENGTH;
        byte[] bytes = new byte[length + 2 * MARGIN];
        System.arraycopy(input, HEAD_LENGTH, bytes, MARGIN, length);
        DecodeOutcome outcome =
                DECODER.decode(linkType, bytes, MARGIN, length, length + beyond, VIEW);
        checkAll(outcome, MARGIN + length);
        while (DECODER.hasNext()) {
            checkAll(DECODER.decodeNext(VIEW), MARGIN + length);
        }
    }

    /** The packet, and those in the tunnels that it carries. */
    private static void checkAll(DecodeOutcome first, int end) {
        DecodeOutcome outcome = first;
        int packets = 0;
        while (outcome == DecodeOutcome.DECODED) {
            packets++;
            Expect.that(packets <= MOST_PACKETS, "tunnels end");
            check(VIEW, MARGIN, end);
            checkQuoted();
            if (!DECODER.enterTunnel(VIEW)) {
                return;
            }
            outcome = DECODER.decodeInner(VIEW);
        }
    }

    /** Of what an ICMP error quotes only the key is meant. */
    private static void checkQuoted() {
        if (QUOTED.read(VIEW) != 0) {
            PacketView quoted = QUOTED.view();
            Expect.that(quoted.ipVersion == VIEW.ipVersion, "errors quote their own kind");
            Expect.that(
                    (quoted.sourcePort | quoted.destinationPort) >>> 16 == 0,
                    "quoted ports have 16 bits");
        }
    }

    private static void check(PacketView view, int start, int end) {
        Expect.that(view.ipVersion == 4 || view.ipVersion == 6, "the packet is IP");
        Expect.that(view.payloadLength >= 0, "payload length is not negative");
        Expect.that(view.ipLength >= view.payloadLength, "the payload is part of the packet");
        Expect.that(
                view.capturedPayloadLength >= 0 && view.capturedPayloadLength <= view.payloadLength,
                "no more payload is captured than there was");
        Expect.inside(view.payloadOffset, view.capturedPayloadLength, start, end, "payload");
        Expect.inside(view.optionsOffset, view.optionsLength, start, end, "options");
        Expect.that(view.optionsLength <= 40, "TCP has at most 40 bytes of options");
        Expect.that((view.sourcePort | view.destinationPort) >>> 16 == 0, "ports have 16 bits");
        Expect.that(view.vlanCount >= 0 && view.vlanCount <= 4, "at most four VLAN tags");
    }
}
