package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.FlowKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes session ids: 48 bits of start time in milliseconds, then the first 80 bits of SHA-256 over
 * the key's identity, start time in nanoseconds (8 bytes), first TCP sequence number (4) and
 * ordinal (4). So ids grow with time and are the same on every run. Reuses its buffers; not thread
 * safe.
 */
final class SessionId {
    static final int LENGTH = 16;

    private static final int TIME_LENGTH = 6;
    private static final int TAIL_LENGTH = 16;
    private static final long NS_PER_MS = 1_000_000;

    private final MessageDigest sha256;
    private ByteBuffer input = ByteBuffer.allocate(256);

    SessionId() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    byte[] of(FlowKey key, long startTimeNs, int firstSequence, int ordinal) {
        int length = key.identityLength() + TAIL_LENGTH;
        if (input.capacity() < length) {
            input = ByteBuffer.allocate(length);
        }
        input.clear();
        key.putIdentity(input);
        input.putLong(startTimeNs);
        input.putInt(firstSequence);
        input.putInt(ordinal);
        input.flip();
        sha256.update(input);
        byte[] id = new byte[LENGTH];
        long startMs = Math.floorDiv(startTimeNs, NS_PER_MS);
        for (int i = 0; i < TIME_LENGTH; i++) {
            id[i] = (byte) (startMs >>> (8 * (TIME_LENGTH - 1 - i)));
        }
        System.arraycopy(sha256.digest(), 0, id, TIME_LENGTH, LENGTH - TIME_LENGTH);
        return id;
    }
}
