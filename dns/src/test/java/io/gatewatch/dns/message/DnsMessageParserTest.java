package io.gatewatch.dns.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.Hex;
import io.gatewatch.wire.address.IpAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsMessageParserTest {
    private static final String RESPONSE_HEAD = "12 34 81 80 00 01 00 01 00 00 00 00";
    private static final String QUESTION = "03 57 77 57 07 65 78 61 6d 70 6c 65 00 00 01 00 01";

    private static DnsMessage parse(String hex) throws DnsFormatException {
        byte[] bytes = Hex.bytes(hex);
        byte[] around = new byte[bytes.length + 6];
        System.arraycopy(bytes, 0, around, 3, bytes.length);
        return DnsMessageParser.parse(around, 3, bytes.length);
    }

    private static DnsRecord answer(String type, String rdata) throws DnsFormatException {
        int length = Hex.bytes(rdata).length;
        String fixed = type + "00 01 00 00 01 2c " + "%04x".formatted(length);
        DnsMessage message = parse(RESPONSE_HEAD + QUESTION + "c0 0c" + fixed + rdata);
        assertThat(message.answers()).hasSize(1);
        return message.answers().get(0);
    }

    @Test
    void shouldReadAQuery() throws DnsFormatException {
        DnsMessage message = parse("12 34 01 00 00 01 00 00 00 00 00 00" + QUESTION);

        assertThat(message)
                .isEqualTo(
                        new DnsMessage(
                                0x1234,
                                false,
                                0,
                                0,
                                List.of(new DnsQuestion("www.example", "A")),
                                List.of()));
    }

    @Test
    void shouldReadAddresses() throws DnsFormatException {
        DnsRecord a = answer("00 01", "c0 00 02 01");
        DnsRecord aaaa = answer("00 1c", "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01");
        DnsRecord mapped = answer("00 1c", "00 00 00 00 00 00 00 00 00 00 ff ff c0 00 02 01");

        assertThat(a)
                .isEqualTo(
                        new DnsRecord(
                                "www.example",
                                "A",
                                300,
                                "192.0.2.1",
                                null,
                                List.of(IpAddress.parse("192.0.2.1"))));
        assertThat(aaaa.rdata()).isEqualTo("2001:db8::1");
        assertThat(mapped.rdata()).as("stays IPv6").isEqualTo("::ffff:192.0.2.1");
        assertThat(mapped.addresses()).containsExactly(IpAddress.parse("::ffff:192.0.2.1"));
    }

    @Test
    void shouldReadEveryKnownTypeInPresentationForm() throws DnsFormatException {
        assertThat(answer("00 05", "01 41 c0 10"))
                .satisfies(alias -> assertThat(alias.type()).isEqualTo("CNAME"))
                .satisfies(alias -> assertThat(alias.rdata()).isEqualTo("a.example"))
                .satisfies(alias -> assertThat(alias.target()).isEqualTo("a.example"));
        assertThat(answer("00 0c", "01 41 c0 10").target()).isEqualTo("a.example");
        assertThat(answer("00 02", "01 61 c0 10").rdata()).isEqualTo("a.example.");
        assertThat(answer("00 0f", "00 0a 01 61 c0 10").rdata()).isEqualTo("10 a.example.");
        assertThat(answer("00 10", "03 61 22 62 01 ff").rdata()).isEqualTo("a\\\"b \\255");
        assertThat(answer("00 21", "00 01 00 02 1f 90 01 61 c0 10").rdata())
                .isEqualTo("1 2 8080 a.example.");
        assertThat(
                        answer(
                                        "00 06",
                                        "01 61 c0 10 01 62 c0 10 00 00 00 01 00 00 00 02"
                                                + "00 00 00 03 00 00 00 04 00 00 00 05")
                                .rdata())
                .isEqualTo("a.example. b.example. 1 2 3 4 5");
        assertThat(answer("01 01", "00 05 69 73 73 75 65 63 61").rdata())
                .isEqualTo("0 issue \"ca\"");
    }

    @Test
    void shouldReadServiceBindingsWithHints() throws DnsFormatException {
        DnsRecord https =
                answer(
                        "00 41",
                        "00 01 00"
                                + "00 01 00 06 02 68 32 02 68 33"
                                + "00 04 00 08 c0 00 02 01 c0 00 02 02"
                                + "00 06 00 10 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01");

        assertThat(https.type()).isEqualTo("HTTPS");
        assertThat(https.rdata())
                .isEqualTo(
                        "1 . alpn=h2,h3 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8:0:0:0:0:0:1");
        assertThat(https.addresses())
                .containsExactly(
                        IpAddress.parse("192.0.2.1"),
                        IpAddress.parse("192.0.2.2"),
                        IpAddress.parse("2001:db8::1"));
    }

    @Test
    void shouldShowUnknownTypesAsBytes() throws DnsFormatException {
        DnsRecord unknown = answer("ff 00", "01 02 ab");

        assertThat(unknown.type()).isEqualTo("TYPE65280");
        assertThat(unknown.rdata()).isEqualToIgnoringCase("\\# 3 0102AB");
    }

    @Test
    void shouldTakeTheCacheFlushBitOfMulticastDns() throws DnsFormatException {
        DnsMessage message =
                parse(
                        "00 00 84 00 00 00 00 01 00 00 00 00"
                                + "01 70 05 6c 6f 63 61 6c 00 00 01 80 01 00 00 00 78 00 04 0a 00 00 01");

        assertThat(message.answers())
                .singleElement()
                .satisfies(record -> assertThat(record.name()).isEqualTo("p.local"))
                .satisfies(record -> assertThat(record.rdata()).isEqualTo("10.0.0.1"));
    }

    @Test
    void shouldAddTheExtendedResponseCode() throws DnsFormatException {
        DnsMessage message =
                parse(
                        "12 34 81 80 00 01 00 00 00 00 00 01"
                                + QUESTION
                                + "00 00 29 10 00 01 00 00 00 00 00");

        assertThat(message.rcode()).isEqualTo(16);
    }

    @Test
    void shouldEscapeWhatIsNoText() throws DnsFormatException {
        DnsMessage message =
                parse(
                        "12 34 01 00 00 01 00 00 00 00 00 00"
                                + "0b 3c 2e 00 ff c3 28 27 3b 20 22 5c 01 41 00 00 01 00 01");

        assertThat(message.questions())
                .containsExactly(new DnsQuestion("<\\.\\000\\255\\195\\('\\;\\032\\\"\\\\.a", "A"));
        assertThat(parse("12 34 01 00 00 01 00 00 00 00 00 00 00 00 02 00 01").questions())
                .containsExactly(new DnsQuestion(".", "NS"));
    }

    @Test
    void shouldNotBelieveANegativeTimeToLive() throws DnsFormatException {
        DnsMessage message =
                parse(RESPONSE_HEAD + QUESTION + "c0 0c 00 01 00 01 80 00 00 00 00 04 c0 00 02 01");

        assertThat(message.answers().get(0).ttl()).isZero();
    }

    @Test
    void shouldEscapeWhatTheLibraryLeavesAsItIs() throws DnsFormatException {
        // An EDNS record among the answers, with an extended error (RFC 8914) whose text is not.
        String text = "61 0a 00 1b 5b 32 4a c3 a4 ff";

        DnsRecord record = answer("00 29", "00 0f 00 0c 00 00" + text);

        assertThat(record.rdata()).isPrintable().contains("a\\010\\000\\027[2J\\195\\164\\239");
    }

    @Test
    void shouldKeepWhatACutMessageStillHas() throws DnsFormatException {
        String twoAnswers =
                "00 01 00 02 00 00 00 00"
                        + QUESTION
                        + "c0 0c 00 01 00 01 00 00 01 2c 00 04 c0 00 02 01"
                        + "c0 0c 00 01 00 01 00";

        assertThat(parse("12 34 83 80" + twoAnswers).answers()).hasSize(1);
        assertThatThrownBy(() -> parse("12 34 81 80" + twoAnswers))
                .isInstanceOf(DnsFormatException.class);
    }

    @Test
    void shouldRefuseLoopsAndShortMessages() {
        assertThatThrownBy(() -> parse("12 34 01 00 00 01 00 00 00 00 00 00 c0 0c 00 01 00 01"))
                .isInstanceOf(DnsFormatException.class);
        assertThatThrownBy(() -> parse("12 34")).isInstanceOf(DnsFormatException.class);
        assertThatThrownBy(() -> parse("12 34 01 00 ff ff ff ff ff ff ff ff"))
                .isInstanceOf(DnsFormatException.class);
    }

    @Test
    void shouldSurviveDamagedMessages() {
        FuzzBytes fuzz = FuzzBytes.forTest(DnsMessageParserTest.class);
        List<byte[]> seeds =
                List.of(
                        Hex.bytes(
                                RESPONSE_HEAD
                                        + QUESTION
                                        + "c0 0c 00 41 00 01 00 00 01 2c 00 19 00 01 00"
                                        + "00 01 00 06 02 68 32 02 68 33"
                                        + "00 04 00 08 c0 00 02 01 c0 00 02 02"),
                        Hex.bytes(
                                RESPONSE_HEAD
                                        + QUESTION
                                        + "c0 0c 00 05 00 01 00 00 01 2c 00 04 01 61 c0 10"));
        int read = 0;
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] seed = seeds.get(fuzz.random().nextInt(seeds.size()));
            byte[] mutant = fuzz.mutate(Arrays.copyOf(seed, seed.length));
            try {
                DnsMessage message = DnsMessageParser.parse(mutant, 0, mutant.length);
                read++;
                for (DnsRecord record : message.answers()) {
                    assertThat(record.ttl()).isBetween(0L, (long) Integer.MAX_VALUE);
                    assertThat(record.name()).isNotEmpty().isPrintable();
                    assertThat(record.rdata()).isNotNull();
                }
            } catch (DnsFormatException e) {
                refused++;
            }
        }
        assertThat(read).isGreaterThan(1000);
        assertThat(refused).isGreaterThan(1000);
    }
}
