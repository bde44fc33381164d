package io.gatewatch.dns.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsQuestion;
import io.gatewatch.dns.message.DnsRecord;
import io.gatewatch.wire.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameFactsTest {
    private static final IpAddress CLIENT = IpAddress.parse("10.0.0.9");
    private static final long TIME_NS = 1_700_000_000_000_000_000L;

    private static DnsRecord a(String name, String address) {
        return new DnsRecord(name, "A", 60, address, null, List.of(IpAddress.parse(address)));
    }

    private static DnsRecord alias(String name, String target) {
        return new DnsRecord(name, "CNAME", 60, target, target, List.of());
    }

    private static DnsRecord pointer(String name, String target) {
        return new DnsRecord(name, "PTR", 60, target, target, List.of());
    }

    private static List<NameFact> facts(boolean local, String asked, DnsRecord... answers) {
        List<DnsQuestion> questions =
                asked == null ? List.of() : List.of(new DnsQuestion(asked, "A"));
        List<NameFact> facts = new ArrayList<>();
        NameFacts.of(
                new DnsMessage(1, true, 0, 0, questions, List.of(answers)),
                "home",
                CLIENT,
                local,
                TIME_NS,
                facts::add);
        return facts;
    }

    private static NameFact fact(String name, String address) {
        return new NameFact(
                "home", CLIENT, IpAddress.parse(address), NameSource.DNS, name, TIME_NS, 60);
    }

    @Test
    void shouldNameEveryAddressByTheNameAskedFor() {
        assertThat(
                        facts(
                                false,
                                "www.example",
                                a("www.example", "192.0.2.1"),
                                a("www.example", "192.0.2.2")))
                .containsExactly(
                        fact("www.example", "192.0.2.1"), fact("www.example", "192.0.2.2"));
    }

    @Test
    void shouldNotMultiplyQuestionsByAnswers() {
        List<DnsQuestion> questions = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            questions.add(new DnsQuestion("www.example", "A"));
            questions.add(new DnsQuestion("n" + i / 1_000 + ".example", "A"));
        }
        List<NameFact> facts = new ArrayList<>();

        NameFacts.of(
                new DnsMessage(
                        1,
                        true,
                        0,
                        0,
                        questions,
                        List.of(
                                a("www.example", "192.0.2.1"),
                                a("n0.example", "192.0.2.2"),
                                a("n4.example", "192.0.2.3"))),
                "home",
                CLIENT,
                false,
                TIME_NS,
                facts::add);

        assertThat(facts)
                .containsExactly(fact("www.example", "192.0.2.1"), fact("n0.example", "192.0.2.2"));
    }

    @Test
    void shouldFollowAliasesInAnyOrder() {
        assertThat(
                        facts(
                                false,
                                "www.example",
                                a("edge.cdn.example", "192.0.2.1"),
                                alias("mid.example", "edge.cdn.example"),
                                alias("www.example", "mid.example")))
                .containsExactly(fact("www.example", "192.0.2.1"));
    }

    @Test
    void shouldEndALoopOfAliases() {
        assertThat(
                        facts(
                                false,
                                "a.example",
                                alias("a.example", "b.example"),
                                alias("b.example", "a.example"),
                                a("b.example", "192.0.2.1")))
                .containsExactly(fact("a.example", "192.0.2.1"));
    }

    @Test
    void shouldNotBelieveAnswersThatNobodyAskedFor() {
        assertThat(facts(false, "www.example", a("bank.example", "192.0.2.1"))).isEmpty();
    }

    @Test
    void shouldTakeAddressHints() {
        DnsRecord https =
                new DnsRecord(
                        "www.example",
                        "HTTPS",
                        60,
                        "1 . ipv4hint=192.0.2.1",
                        null,
                        List.of(IpAddress.parse("192.0.2.1")));

        assertThat(facts(false, "www.example", https))
                .singleElement()
                .satisfies(fact -> assertThat(fact.source()).isEqualTo(NameSource.DNS_SVCB));
    }

    @Test
    void shouldTellEverybodyWhatMulticastDnsSays() {
        assertThat(facts(true, null, a("printer.local", "10.0.0.7")))
                .containsExactly(
                        new NameFact(
                                "home",
                                null,
                                IpAddress.parse("10.0.0.7"),
                                NameSource.MDNS,
                                "printer.local",
                                TIME_NS,
                                60));
    }

    @Test
    void shouldNotBelieveMulticastDnsAboutTheInternet() {
        assertThat(facts(true, null, a("bank.example", "198.51.100.1"))).isEmpty();
        assertThat(facts(true, null, a("bank.notlocal", "2001:db8::1"))).isEmpty();
        for (DnsRecord local :
                List.of(
                        a("nas.example", "10.0.0.7"),
                        a("nas.example", "fe80::7"),
                        a("nas.local", "2001:db8::7"),
                        a("nas", "2001:db8::7"))) {
            assertThat(facts(true, null, local)).as(local.toString()).hasSize(1);
        }
    }

    @Test
    void shouldTakeAGoodbyeForNoName() {
        DnsRecord address =
                new DnsRecord("nas.local", "A", 0, "", null, List.of(IpAddress.parse("10.0.0.7")));
        DnsRecord name =
                new DnsRecord("7.0.0.10.in-addr.arpa", "PTR", 0, "", "nas.local", List.of());

        assertThat(facts(true, null, address, name)).isEmpty();
        assertThat(facts(false, "nas.local", address, name)).as("of a resolver").hasSize(2);
    }

    @Test
    void shouldNameTheHostOfAService() {
        assertThat(hinted("_8443._https.host.example")).isEqualTo("host.example");
        assertThat(hinted("_foo.host.example")).isEqualTo("host.example");
        assertThat(hinted("_a\\.b.host.example")).isEqualTo("host.example");
        assertThat(hinted("www._tcp.example")).isEqualTo("www._tcp.example");
        assertThat(hinted("_https")).isNull();
        assertThat(hinted("_dns.resolver.arpa")).isNull();
        assertThat(hinted("_853._dns.host.example")).isNull();
        assertThat(facts(false, "_8443.host.example", a("_8443.host.example", "192.0.2.1")))
                .as("of no service")
                .containsExactly(fact("_8443.host.example", "192.0.2.1"));
    }

    /** The name that an address hint gives, or null. */
    private static String hinted(String owner) {
        List<NameFact> facts =
                facts(
                        false,
                        owner,
                        new DnsRecord(
                                owner,
                                "HTTPS",
                                60,
                                "1 . ipv4hint=192.0.2.1",
                                null,
                                List.of(IpAddress.parse("192.0.2.1"))));
        return facts.isEmpty() ? null : facts.get(0).name();
    }

    @Test
    void shouldNamePrivateAddressesByReverseAnswers() {
        assertThat(facts(false, null, pointer("7.0.0.10.in-addr.arpa", "nas.lan")))
                .singleElement()
                .satisfies(fact -> assertThat(fact.client()).isNull())
                .satisfies(
                        fact -> assertThat(fact.address()).isEqualTo(IpAddress.parse("10.0.0.7")))
                .satisfies(fact -> assertThat(fact.name()).isEqualTo("nas.lan"))
                .satisfies(fact -> assertThat(fact.source()).isEqualTo(NameSource.DNS_PTR));
        assertThat(
                        facts(
                                false,
                                null,
                                pointer(
                                        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"
                                                + ".0.d.f.ip6.arpa",
                                        "nas.lan")))
                .singleElement()
                .satisfies(
                        fact -> assertThat(fact.address()).isEqualTo(IpAddress.parse("fd00::1")));
        assertThat(facts(false, null, pointer("8.8.8.8.in-addr.arpa", "dns.google"))).isEmpty();
        assertThat(facts(false, null, pointer("300.0.0.10.in-addr.arpa", "nas.lan"))).isEmpty();
        assertThat(facts(false, null, pointer("0.0.10.in-addr.arpa", "nas.lan"))).isEmpty();
    }

    @Test
    void shouldSayNothingOfQueriesAndOfWhatIsNoHostName() {
        List<NameFact> facts = new ArrayList<>();
        NameFacts.of(
                new DnsMessage(
                        1,
                        false,
                        0,
                        0,
                        List.of(new DnsQuestion("www.example", "A")),
                        List.of(a("www.example", "192.0.2.1"))),
                "home",
                CLIENT,
                false,
                TIME_NS,
                facts::add);

        assertThat(facts).isEmpty();
        assertThat(facts(false, ".", a(".", "192.0.2.1"))).isEmpty();
        assertThat(facts(false, "\\000".repeat(64), a("\\000".repeat(64), "192.0.2.1"))).isEmpty();
    }

    @Test
    void shouldKnowPrivateAddresses() {
        for (String address :
                List.of(
                        "10.0.0.1",
                        "172.16.0.1",
                        "172.31.255.255",
                        "192.168.9.9",
                        "100.64.0.1",
                        "100.127.255.255",
                        "169.254.1.1",
                        "fd12::1",
                        "fe80::1",
                        "febf::1")) {
            assertThat(PrivateAddresses.contains(IpAddress.parse(address))).as(address).isTrue();
        }
        for (String address :
                List.of(
                        "11.0.0.1",
                        "172.32.0.1",
                        "172.15.255.255",
                        "192.169.0.1",
                        "100.128.0.1",
                        "100.63.255.255",
                        "2001:db8::1",
                        "fec0::1",
                        "fe00::1")) {
            assertThat(PrivateAddresses.contains(IpAddress.parse(address))).as(address).isFalse();
        }
    }
}
