package io.gatewatch.packet.link;

import io.gatewatch.testing.FrameBuilder;

/** The packets that the tests of links put behind the link headers. */
final class LinkSample {
    /** 192.0.2.1:40000 to 198.51.100.2:53, two bytes of payload. */
    static final byte[] IPV4 =
            FrameBuilder.withoutLink()
                    .ipv4("192.0.2.1", "198.51.100.2")
                    .udp(40000, 53)
                    .payload(2)
                    .build();

    /** The same ports and payload. */
    static final byte[] IPV6 =
            FrameBuilder.withoutLink()
                    .ipv6("2001:db8::1", "2001:db8::2")
                    .udp(40000, 53)
                    .payload(2)
                    .build();

    private LinkSample() {}

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
