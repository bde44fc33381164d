package io.gatewatch.dns.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsQuestion;
import io.gatewatch.dns.message.DnsRecord;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.wire.address.IpAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every session that TrafficAnalyzer's rule names has the same name here, or one that is better
 * founded: {@link Difference} says which differences there may be, and nothing else may differ.
 */
class ReverseAnswersSubsetTest {
    private enum Difference {
        NONE,
        /** An answer that the client itself got, rather than somebody else's. */
        OWN_ANSWER,
        /** A newer answer about this address. */
        NEWER_ANSWER,
        /** The name asked for, rather than an alias on the way to its address. */
        NAME_ASKED_FOR,
        /** The name asked for, rather than one that answers to other questions lead on to. */
        ONE_QUESTION,
        /** No name: the answer's TTL has been over for longer than the grace. */
        ENDED,
        /** No name: the address came with an answer that nobody had asked for. */
        NOT_ASKED
    }

    private static final String SITE = "home";
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long T = 1_700_000_000L * SECOND_NS;
    private static final String ALICE = "10.0.0.1";
    private static final String BOB = "10.0.0.2";
    private static final String WEB = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";

    /** A response as it was told, to judge by. */
    private record Told(String client, long second, DnsMessage message) {
        /** Whether it says that an address belongs to the name that it is about. */
        boolean answers(String address) {
            return record(address) != null && owners(address).contains(asked());
        }

        String asked() {
            return message.questions().get(0).name();
        }

        DnsRecord record(String address) {
            return message.answers().stream()
                    .filter(record -> record.rdata().equals(address))
                    .findFirst()
                    .orElse(null);
        }

        /** Owner of the address, and what is an alias for it. */
        List<String> owners(String address) {
            List<String> owners = new ArrayList<>();
            for (DnsRecord at = record(address); at != null; at = record(at.name())) {
                owners.add(at.name());
            }
            return owners;
        }

        boolean ended(String address, long atSecond) {
            return second + record(address).ttl() + NameTable.GRACE_SECONDS < atSecond;
        }
    }

    private ReverseAnswersModel model = new ReverseAnswersModel(10_000);
    private final NameTable table = new NameTable(100_000);
    private final MapStore store = new MapStore();
    private final List<Told> told = new ArrayList<>();
    private final Map<Difference, Integer> counts = new EnumMap<>(Difference.class);
    private long second;

    private static final class MapStore implements NameTable.Store {
        private final Map<NameKey, NameHistory> map = new HashMap<>();

        @Override
        public NameHistory get(NameKey key) {
            return map.get(key);
        }

        @Override
        public void put(NameKey key, NameHistory history) {
            map.put(key, history);
        }

        @Override
        public void remove(NameKey key) {
            map.remove(key);
        }

        @Override
        public Iterator<Map.Entry<NameKey, NameHistory>> entries() {
            return map.entrySet().iterator();
        }
    }

    private void asks(String client, String name) {
        read(client, new DnsMessage(1, false, 0, 0, questions(name), List.of()));
    }

    /** A response; its records from the one asked for to the address. */
    private void isTold(String client, String asked, int ttl, String address, String... owners) {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 0; i + 1 < owners.length; i++) {
            records.add(
                    new DnsRecord(
                            owners[i], "CNAME", ttl, owners[i + 1], owners[i + 1], List.of()));
        }
        records.add(
                new DnsRecord(
                        owners[owners.length - 1],
                        "A",
                        ttl,
                        address,
                        null,
                        List.of(IpAddress.parse(address))));
        read(client, new DnsMessage(1, true, 0, 0, questions(asked), records));
    }

    private void learns(String client, String address, int ttl, String... owners) {
        asks(client, owners[0]);
        isTold(client, owners[0], ttl, address, owners);
    }

    private static List<DnsQuestion> questions(String name) {
        return List.of(new DnsQuestion(name, "A"));
    }

    private void read(String client, DnsMessage message) {
        second++;
        model.read(message);
        NameFacts.of(
                message,
                SITE,
                IpAddress.parse(client),
                false,
                T + second * SECOND_NS,
                fact -> table.add(store, fact));
        if (message.response()) {
            told.add(new Told(client, second, message));
        }
    }

    private String ourName(String client, String address) {
        NameTable.Found found =
                table.find(
                        store,
                        SITE,
                        IpAddress.parse(client),
                        IpAddress.parse(address),
                        T + second * SECOND_NS);
        return found == null ? null : found.name();
    }

    /** Both name a session that begins now; says how they differ. */
    private Difference connects(String client, String address) {
        second++;
        String theirs = model.name(address);
        if (theirs == null) {
            return Difference.NONE;
        }
        Difference difference = difference(client, address, theirs, ourName(client, address));
        counts.merge(difference, 1, Integer::sum);
        return difference;
    }

    private Difference difference(String client, String address, String theirs, String ours) {
        if (theirs.equals(ours)) {
            return Difference.NONE;
        }
        List<Told> about = told.stream().filter(each -> each.record(address) != null).toList();
        if (ours == null) {
            assertThat(about)
                    .as("no name for %s, theirs is %s", address, theirs)
                    .allMatch(each -> !each.answers(address) || each.ended(address, second));
            return about.stream().anyMatch(each -> each.answers(address))
                    ? Difference.ENDED
                    : Difference.NOT_ASKED;
        }
        Told ground = ground(client, address);
        assertThat(ours).as("newest own answer, or anybody's").isEqualTo(ground.asked());
        List<Told> same =
                about.stream()
                        .filter(each -> each.answers(address) && each.asked().equals(theirs))
                        .toList();
        if (same.stream().anyMatch(each -> each.client().equals(ground.client()))) {
            return Difference.NEWER_ANSWER;
        }
        if (!same.isEmpty()) {
            return ground.client().equals(client) ? Difference.OWN_ANSWER : Difference.NEWER_ANSWER;
        }
        return about.stream().anyMatch(each -> each.owners(address).contains(theirs))
                ? Difference.NAME_ASKED_FOR
                : Difference.ONE_QUESTION;
    }

    /** The answer that is to count, found without the table. */
    private Told ground(String client, String address) {
        Told ground = null;
        for (Told each : told) {
            if (each.answers(address) && !each.ended(address, second)) {
                boolean own = each.client().equals(client);
                boolean groundIsOwn = ground != null && ground.client().equals(client);
                if (own || !groundIsOwn) {
                    ground = each;
                }
            }
        }
        assertThat(ground).as("an answer about %s", address).isNotNull();
        return ground;
    }

    @Test
    void shouldGiveTheSameNameThroughAliases() {
        learns(ALICE, WEB, 60, "www.example", "mid.example", "edge.example");

        assertThat(model.name(WEB)).isEqualTo("www.example");
        assertThat(connects(ALICE, WEB)).isEqualTo(Difference.NONE);
        assertThat(connects(BOB, WEB)).as("who asked elsewhere").isEqualTo(Difference.NONE);
        assertThat(connects(ALICE, OTHER)).isEqualTo(Difference.NONE);
        assertThat(counts).containsExactly(Map.entry(Difference.NONE, 2));
    }

    @Test
    void shouldGiveTheClientsOwnAnswer() {
        learns(ALICE, WEB, 60, "alice.example");
        learns(BOB, WEB, 60, "bob.example");

        assertThat(connects(ALICE, WEB)).isEqualTo(Difference.NONE);
        assertThat(connects(BOB, WEB)).isEqualTo(Difference.OWN_ANSWER);
    }

    @Test
    void shouldGiveTheNewerAnswer() {
        learns(ALICE, WEB, 60, "old.example");
        learns(ALICE, WEB, 60, "new.example");

        assertThat(model.name(WEB)).isEqualTo("old.example");
        assertThat(connects(ALICE, WEB)).isEqualTo(Difference.NEWER_ANSWER);
        assertThat(connects(BOB, WEB)).isEqualTo(Difference.NEWER_ANSWER);
    }

    @Test
    void shouldGiveTheNameAskedForWhereTheirsEndsAtAnAlias() {
        asks(BOB, "edge.example");
        learns(ALICE, WEB, 60, "www.example", "edge.example");
        String[] chain = new String[12];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = "alias" + i + ".example";
        }
        learns(ALICE, OTHER, 60, chain);

        assertThat(model.name(WEB)).isEqualTo("edge.example");
        assertThat(connects(ALICE, WEB)).isEqualTo(Difference.NAME_ASKED_FOR);
        assertThat(model.name(OTHER)).as("ten steps").isEqualTo("alias2.example");
        assertThat(connects(ALICE, OTHER)).isEqualTo(Difference.NAME_ASKED_FOR);
    }

    @Test
    void shouldNotPutANameTogetherFromAnswersToDifferentQuestions() {
        learns(BOB, OTHER, 60, "www.example", "edge.example");
        learns(ALICE, WEB, 60, "edge.example");

        assertThat(model.name(WEB)).isEqualTo("www.example");
        assertThat(connects(ALICE, WEB)).isEqualTo(Difference.ONE_QUESTION);
    }

    @Test
    void shouldGiveNoNameOnceTheAnswerHasEnded() {
        learns(ALICE, WEB, 60, "www.example");
        second += 60 + NameTable.GRACE_SECONDS;

        assertThat(connects(ALICE, WEB)).isEqualTo(Difference.ENDED);
    }

    @Test
    void shouldGiveNoNameThatNobodyAskedFor() {
        asks(ALICE, "www.example");
        isTold(ALICE, "www.example", 60, WEB, "bank.example");

        assertThat(model.name(WEB)).isEqualTo("bank.example");
        assertThat(connects(ALICE, WEB)).isEqualTo(Difference.NOT_ASKED);
    }

    @Test
    void shouldDifferInNoOtherWayInRandomSequences() {
        Random random = FuzzBytes.forTest(ReverseAnswersSubsetTest.class).random();
        Map<Difference, Integer> all = new EnumMap<>(Difference.class);
        for (int round = 0; round < 200; round++) {
            ReverseAnswersSubsetTest sequence = new ReverseAnswersSubsetTest();
            sequence.model = new ReverseAnswersModel(random.nextBoolean() ? 10_000 : 10);
            for (int i = 0; i < 200; i++) {
                sequence.happens(random);
            }
            sequence.counts.forEach((key, count) -> all.merge(key, count, Integer::sum));
        }

        System.out.println("ReverseAnswersSubsetTest: " + all);
        assertThat(all).containsOnlyKeys(Difference.values());
    }

    private void happens(Random random) {
        String client = "10.0.0." + (1 + random.nextInt(3));
        String address = "192.0.2." + (1 + random.nextInt(8));
        second += random.nextInt(50) == 0 ? random.nextInt(10_000) : random.nextInt(30);
        switch (random.nextInt(10)) {
            case 0 -> asks(client, name(random));
            case 1 -> isTold(client, name(random), 60, "203.0.113.9", name(random));
            case 2, 3, 4, 5 -> {
                String[] owners = new String[1 + random.nextInt(random.nextInt(20) == 0 ? 14 : 3)];
                int first = random.nextInt(20);
                for (int j = 0; j < owners.length; j++) {
                    owners[j] = "host" + (first + j) % 20 + ".example";
                }
                learns(client, address, 1 << random.nextInt(14), owners);
            }
            case 6 -> connects(client, "203.0.113.9");
            default -> connects(client, address);
        }
    }

    private static String name(Random random) {
        return "host" + random.nextInt(20) + ".example";
    }
}
