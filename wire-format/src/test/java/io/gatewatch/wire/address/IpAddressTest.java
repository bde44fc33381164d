package io.gatewatch.wire.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.FuzzBytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "0x0, 0.0.0.0",
        "0xc0000201, 192.0.2.1",
        "0xffffffff, 255.255.255.255",
    })
    void shouldWriteAndReadIpv4(String number, String text) {
        IpAddress address = new IpAddress(4, 0, Long.decode(number));

        assertThat(address).hasToString(text);
        assertThat(IpAddress.parse(text)).isEqualTo(address);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "0000000000000000, 0000000000000000, ::",
        "0000000000000000, 0000000000000001, ::1",
        "20010db800000000, 0000000000000001, 2001:db8::1",
        "20010db800000000, 0000000000000000, 2001:db8::",
        // RFC 5952 section 4.1: no leading zeros
        "20010db800000000, 000000000000000a, 2001:db8::a",
        // section 4.2.1: as short as possible
        "20010db800000000, 0000000000020001, 2001:db8::2:1",
        // section 4.2.2: a single zero group stays
        "20010db800000001, 0001000100010001, 2001:db8:0:1:1:1:1:1",
        // section 4.2.3: the longest run, the first of equal ones
        "2001000000000001, 0000000000000001, 2001:0:0:1::1",
        "20010db800000000, 0001000000000001, 2001:db8::1:0:0:1",
        "0000000000000001, 0000000000000000, 0:0:0:1::",
        "0001000200030004, 0005000600000000, 1:2:3:4:5:6::",
        "0001000200030004, 0005000600070000, 1:2:3:4:5:6:7:0",
        "0000000200030004, 0005000600070008, 0:2:3:4:5:6:7:8",
        "fe80000000000000, 0242acfffe110002, fe80::242:acff:fe11:2",
        "ffffffffffffffff, ffffffffffffffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        // section 5: mixed notation for well-known prefixes alone
        "0000000000000000, 0000ffffc0000201, ::ffff:192.0.2.1",
        "0000000000000000, 0000ffff00000000, ::ffff:0.0.0.0",
        "0000000000000000, 00000000c0000201, ::192.0.2.1",
        "0000000000000000, ffff0000c0000201, ::ffff:0:c000:201",
        "0064ff9b00000000, 00000000c0000201, 64:ff9b::c000:201",
        "0000000000000000, 0000fffec0000201, ::fffe:c000:201",
    })
    void shouldWriteAndReadIpv6AsRfc5952(String high, String low, String text) {
        IpAddress address =
                new IpAddress(6, Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));

        assertThat(address).hasToString(text);
        assertThat(IpAddress.parse(text)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:0DB8:0:0:0:0:0:1, 2001:db8::1",
        "0:0:0:0:0:FFFF:129.144.52.38, ::ffff:129.144.52.38",
        "1:2:3:4:5:6:7.8.9.10, 1:2:3:4:5:6:708:90a",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1::2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    })
    void shouldReadOtherFormsOfRfc4291(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1.2.3.1000",
                "1.2.3.",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.٤",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1::2::3",
                "1:::2",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "::g",
                "fe80::1%eth0",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "::1.2.3",
                "[::1]"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an IP address: '" + text + "'");
    }

    @Test
    void shouldReadBackWhatItWroteAndAgreeWithTheJdk() throws UnknownHostException {
        FuzzBytes fuzz = FuzzBytes.forTest(IpAddressTest.class);
        long seed = fuzz.seed();
        Random random = fuzz.random();
        for (int i = 0; i < 5_000; i++) {
            // Masks make zero groups frequent.
            long high = random.nextLong() & groupMask(random);
            long low = random.nextLong() & groupMask(random);
            IpAddress address = new IpAddress(6, high, low);
            String text = address.toString();

            assertThat(IpAddress.parse(text)).as("seed %d", seed).isEqualTo(address);
            byte[] expected = InetAddress.getByName(text).getAddress();
            if (expected.length == IpAddress.IPV6_LENGTH) { // the JDK makes mapped ones IPv4
                assertThat(address.toBytes()).as("%s, seed %d", text, seed).isEqualTo(expected);
            }
        }
    }

    private static long groupMask(Random random) {
        long mask = 0;
        for (int i = 0; i < 4; i++) {
            mask = mask << 16 | (random.nextBoolean() ? 0xFFFF : 0);
        }
        return mask;
    }

    @Test
    void shouldConvertToBytesAndBack() {
        IpAddress ipv4 = IpAddress.parse("192.0.2.1");
        IpAddress ipv6 = IpAddress.parse("2001:db8::ff");

        assertThat(ipv4.toBytes()).containsExactly(192, 0, 2, 1);
        assertThat(ipv6.toBytes()).hasSize(16).startsWith(0x20, 0x01).endsWith(0x00, 0xff);
        assertThat(IpAddress.ofBytes(ipv4.toBytes())).isEqualTo(ipv4);
        assertThat(IpAddress.ofBytes(ipv6.toBytes())).isEqualTo(ipv6);
    }

    @Test
    void shouldKeepMappedAddressesApartFromIpv4() {
        assertThat(IpAddress.parse("::ffff:192.0.2.1")).isNotEqualTo(IpAddress.parse("192.0.2.1"));
        assertThat(IpAddress.parse("::ffff:192.0.2.1").toBytes()).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void shouldRefuseOtherLengths(int length) {
        assertThatThrownBy(() -> IpAddress.ofBytes(new byte[length]))
                .hasMessage("IP address of " + length + " bytes: must be 4 or 16");
    }

    @Test
    void shouldRefusePartsThatDoNotFit() {
        assertThatThrownBy(() -> new IpAddress(5, 0, 0)).hasMessageContaining("must be 4 or 6");
        assertThatThrownBy(() -> new IpAddress(4, 0, -1)).hasMessageContaining("32 bits");
    }

    @Test
    void shouldOrderAsUnsignedBytes() {
        assertThat(IpAddress.parse("255.0.0.0")).isGreaterThan(IpAddress.parse("1.0.0.0"));
        assertThat(IpAddress.parse("ff02::1")).isGreaterThan(IpAddress.parse("2001:db8::1"));
        assertThat(IpAddress.parse("::1")).isGreaterThan(IpAddress.parse("255.0.0.0"));
    }
}
