package io.gatewatch.capture.file;

/**
 * Turns the 64-bit time stamps of a pcapng interface into nanoseconds since 1970
 * (draft-ietf-opsawg- pcapng, if_tsresol and if_tsoffset). Stamps are unsigned and count units of
 * 10^-n or 2^-n seconds; fractions of a nanosecond are cut. What does not fit 64 bits is {@link
 * CapturedFrame#BAD_TIME}.
 */
final class TimeResolution {
    private static final int BASE_TWO = 0x80;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANOS_EXPONENT = 9;
    private static final int LARGEST_EXPONENT_OF_LONG = 18;

    private final boolean baseTwo;
    private final int exponent;
    private final long offsetSeconds;

    /** Nanoseconds in a unit; 1 if the unit is smaller than that. */
    private final long multiplier;

    /** Stamps above it do not fit; unsigned. */
    private final long largestStamp;

    /** Units in a nanosecond; 1 if the unit is larger than that, 0 if there are more than 2^63. */
    private final long divisor;

    private TimeResolution(boolean baseTwo, int exponent, long offsetSeconds) {
        this.baseTwo = baseTwo;
        this.exponent = exponent;
        this.offsetSeconds = offsetSeconds;
        multiplier = powerOfTen(Math.max(0, NANOS_EXPONENT - exponent));
        largestStamp = Long.MAX_VALUE / multiplier;
        int finer = Math.max(0, exponent - NANOS_EXPONENT);
        divisor = finer > LARGEST_EXPONENT_OF_LONG ? 0 : powerOfTen(finer);
    }

    /**
     * @param resolution if_tsresol: highest bit set for powers of 2, the rest is the exponent
     * @param offsetSeconds if_tsoffset
     */
    static TimeResolution of(int resolution, long offsetSeconds) {
        return new TimeResolution(
                (resolution & BASE_TWO) != 0, resolution & ~BASE_TWO, offsetSeconds);
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    long toNanos(long stamp) {
        long nanos = baseTwo ? fromPowerOfTwo(stamp) : fromPowerOfTen(stamp);
        return offsetSeconds == 0 || nanos == CapturedFrame.BAD_TIME ? nanos : shifted(nanos);
    }

    private long fromPowerOfTen(long stamp) {
        if (exponent > NANOS_EXPONENT) {
            return divisor == 0 ? 0 : fitting(Long.divideUnsigned(stamp, divisor));
        }
        return Long.compareUnsigned(stamp, largestStamp) > 0
                ? CapturedFrame.BAD_TIME
                : stamp * multiplier;
    }

    private long fromPowerOfTwo(long stamp) {
        if (exponent >= Long.SIZE) {
            return fractionNanos(stamp) >>> (exponent - Long.SIZE);
        }
        long seconds = stamp >>> exponent;
        long fraction = stamp - (seconds << exponent);
        // exponent 0 leaves no fraction, and a shift by 64 would be none
        long nanos = exponent == 0 ? 0 : fractionNanos(fraction << (Long.SIZE - exponent));
        return Long.compareUnsigned(seconds, Long.MAX_VALUE / NANOS_PER_SECOND) > 0
                ? CapturedFrame.BAD_TIME
                : fitting(seconds * NANOS_PER_SECOND + nanos);
    }

    /** Nanoseconds of a fraction of a second that is given in units of 2^-64 s. */
    private static long fractionNanos(long fraction) {
        long signedHigh = Math.multiplyHigh(fraction, NANOS_PER_SECOND);
        return fraction < 0 ? signedHigh + NANOS_PER_SECOND : signedHigh;
    }

    private static long fitting(long nanos) {
        return nanos < 0 ? CapturedFrame.BAD_TIME : nanos;
    }

    private long shifted(long nanos) {
        long highest = Long.MAX_VALUE / NANOS_PER_SECOND;
        if (offsetSeconds > highest || offsetSeconds < -highest) {
            return CapturedFrame.BAD_TIME;
        }
        long offsetNanos = offsetSeconds * NANOS_PER_SECOND;
        long sum = nanos + offsetNanos;
        boolean overflow = ((nanos ^ sum) & (offsetNanos ^ sum)) < 0;
        return overflow ? CapturedFrame.BAD_TIME : sum;
    }
}
