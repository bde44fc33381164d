package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.FuzzBytes;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeResolutionTest {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000L);
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({
        "0x00, 1700000000,           1700000000000000000, seconds",
        "0x03, 1700000000123,        1700000000123000000, milliseconds",
        "0x06, 1700000000123456,     1700000000123456000, microseconds",
        "0x09, 1700000000123456789,  1700000000123456789, nanoseconds",
        "0x0A, 17000000001234567899, 1700000000123456789, a tenth of a nanosecond",
        "0x0C, 1700000000999,        1700000000,          picoseconds",
        "0x1B, 2000000000000000000,  2,                   zeptoseconds",
        "0x1C, 18446744073709551615, 0,                   finer than the clock reaches",
        "0x7F, 18446744073709551615, 0,                   the finest power of ten",
        "0x80, 1700000000,           1700000000000000000, seconds as power of two",
        "0x8A, 1740800000512,        1700000000500000000, 1/1024 s",
        "0xA0, 4294967297,           1000000000,          NTP fractions",
        "0xBF, 9223372036854775808,  1000000000,          2^-63 s",
        "0xC0, 9223372036854775808,  500000000,           2^-64 s",
        "0xFF, 18446744073709551615, 0,                   the finest power of two"
    })
    void shouldCountUnitsOfTheResolution(
            String resolution, String stamp, long expectedNs, String name) {
        TimeResolution time = TimeResolution.of(Integer.decode(resolution), 0);

        assertThat(time.toNanos(Long.parseUnsignedLong(stamp))).as(name).isEqualTo(expectedNs);
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, 9223372036,           0,           9223372036000000000",
        "0x00, 9223372037,           0,           BAD",
        "0x06, 9223372036854775,     0,           9223372036854775000",
        "0x06, 9223372036854776,     0,           BAD",
        "0x09, 9223372036854775807,  0,           9223372036854775807",
        "0x09, 9223372036854775808,  0,           BAD",
        "0x09, 18446744073709551615, 0,           BAD",
        "0x80, 9223372037,           0,           BAD",
        "0x06, 1000000,              -2,          -1000000000",
        "0x06, 1000000,              1700000000,  1700000001000000000",
        "0x06, 1000000,              9223372036,  BAD",
        "0x06, 0,                    9223372037,  BAD",
        "0x06, 0, -9223372036854775808,           BAD",
        "0x06, 0,  9223372036854775807,           BAD"
    })
    void shouldRefuseTimesThatDoNotFit(
            String resolution, String stamp, long offsetSeconds, String expected) {
        TimeResolution time = TimeResolution.of(Integer.decode(resolution), offsetSeconds);

        assertThat(time.toNanos(Long.parseUnsignedLong(stamp)))
                .isEqualTo(
                        "BAD".equals(expected) ? CapturedFrame.BAD_TIME : Long.parseLong(expected));
    }

    @Test
    void shouldAgreeWithExactArithmetic() {
        Random random = FuzzBytes.forTest(TimeResolutionTest.class).random();
        for (int round = 0; round < 100_000; round++) {
            boolean baseTwo = random.nextBoolean();
            int exponent = random.nextInt(baseTwo ? 128 : 28);
            long stamp = random.nextLong() >>> random.nextInt(64);

            long nanos = TimeResolution.of(baseTwo ? 0x80 | exponent : exponent, 0).toNanos(stamp);

            BigInteger exact =
                    new BigInteger(Long.toUnsignedString(stamp))
                            .multiply(BILLION)
                            .divide(BigInteger.valueOf(baseTwo ? 2 : 10).pow(exponent));
            long expected =
                    exact.compareTo(LARGEST) > 0 ? CapturedFrame.BAD_TIME : exact.longValue();
            assertThat(nanos)
                    .as("%s units of %s^-%s", stamp, baseTwo ? 2 : 10, exponent)
                    .isEqualTo(expected);
        }
    }
}
