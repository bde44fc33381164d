package io.gatewatch.testing;

import java.util.Arrays;
import java.util.Random;

/**
 * Hostile input from a seed that is printed, so that a failure can be repeated: run the test again
 * with {@code -Dgatewatch.fuzz.seed=SEED}. Not thread safe.
 */
public final class FuzzBytes {
    private static final String SEED_PROPERTY = "gatewatch.fuzz.seed";
    private static final int[] EDGE_VALUES = {0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF};

    private final long seed;
    private final Random random;

    private FuzzBytes(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** A new sequence for this test; its seed goes to standard output. */
    public static FuzzBytes forTest(Class<?> test) {
        long seed = Long.getLong(SEED_PROPERTY, System.nanoTime());
        System.out.println(test.getSimpleName() + ": -D" + SEED_PROPERTY + "=" + seed);
        return new FuzzBytes(seed);
    }

    /** The same sequence each time. */
    public static FuzzBytes ofSeed(long seed) {
        return new FuzzBytes(seed);
    }

    public long seed() {
        return seed;
    }

    /** The source of all choices, for those that a test makes itself. */
    public Random random() {
        return random;
    }

    /** Random bytes, 0 to {@code maxLength} of them. */
    public byte[] bytes(int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A copy with one to eight changes: bits, edge values, cuts, insertions, repeats, removals. */
    public byte[] mutate(byte[] original) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes(16);
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
        switch (random.nextInt(8)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            case 3 -> bytes[at] = (byte) EDGE_VALUES[random.nextInt(EDGE_VALUES.length)];
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                return replace(bytes, at, 0, bytes(16));
            }
            case 6 -> {
                return replace(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            }
            default -> {
                return replace(bytes, at, length, new byte[0]);
            }
        }
        return bytes;
    }

    private static byte[] replace(byte[] bytes, int at, int length, byte[] with) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length - length + with.length);
        System.arraycopy(with, 0, changed, at, with.length);
        System.arraycopy(bytes, at + length, changed, at + with.length, bytes.length - at - length);
        return changed;
    }
}
