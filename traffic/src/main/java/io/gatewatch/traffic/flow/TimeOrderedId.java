package io.gatewatch.traffic.flow;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes ids of rows: 48 bits of time in milliseconds, then the first 80 bits of SHA-256 over what
 * tells a row from all others. So ids grow with time and are the same on every run. Not thread
 * safe.
 */
public final class TimeOrderedId {
    public static final int LENGTH = 16;

    public static final int HASH_LENGTH = 32;

    private static final int TIME_LENGTH = 6;
    private static final long NS_PER_MS = 1_000_000;

    private final MessageDigest sha256;

    public TimeOrderedId() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A hash of bytes, for an identity that would be long. */
    public byte[] hash(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        return sha256.digest();
    }

    /** The id of what happened at a time; the identity is read to its limit. */
    public byte[] of(long timeNs, ByteBuffer identity) {
        sha256.update(identity);
        byte[] id = new byte[LENGTH];
        long timeMs = Math.floorDiv(timeNs, NS_PER_MS);
        for (int i = 0; i < TIME_LENGTH; i++) {
            id[i] = (byte) (timeMs >>> (8 * (TIME_LENGTH - 1 - i)));
        }
        System.arraycopy(sha256.digest(), 0, id, TIME_LENGTH, LENGTH - TIME_LENGTH);
        return id;
    }
}
