package io.gatewatch.traffic.flow;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Community ID version 1, seed 0: a short name for a flow that other tools compute too. SHA-1 over
 * seed, addresses, protocol, a zero byte and, for protocols that have them, ports, smaller end
 * first. A {@link FlowKey} has its ends in that order already, and ICMP types and codes mapped to
 * ports as the specification maps them. Reuses its buffers; not thread safe.
 */
public final class CommunityId {
    private static final String PREFIX = "1:";
    private static final int MAX_INPUT_LENGTH = 40;

    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int SCTP = 132;

    private final MessageDigest sha1;
    private final ByteBuffer input = ByteBuffer.allocate(MAX_INPUT_LENGTH);

    public CommunityId() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The id as text: {@code 1:} and 28 characters of Base64. */
    public String of(FlowKey key) {
        input.clear();
        input.putShort((short) 0); // seed
        input.put(key.address(false));
        input.put(key.address(true));
        input.put((byte) key.protocol());
        input.put((byte) 0);
        if (hasPorts(key.protocol())) {
            input.putShort((short) key.portA());
            input.putShort((short) key.portB());
        }
        input.flip();
        sha1.update(input);
        return PREFIX + Base64.getEncoder().encodeToString(sha1.digest());
    }

    private static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case ICMP, TCP, UDP, ICMPV6, SCTP -> true;
            default -> false;
        };
    }
}
