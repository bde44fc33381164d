package io.gatewatch.job.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameSource;
import io.gatewatch.dns.names.NameTable;
import io.gatewatch.job.Rows;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.address.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A few answers in every order of arrival, with a restart at another parallelism after each number
 * of them: the table, what was evicted, and the names of all sessions are always the same.
 */
class NamesOrderTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    private static final long T = Rows.START_NS / MINUTE_NS * MINUTE_NS;
    private static final String ALICE = "192.0.2.1";
    private static final String BOB = "192.0.2.2";
    private static final String CAROL = "192.0.2.3";
    private static final String WEB = "198.51.100.1";
    private static final String MAIL = "198.51.100.2";

    /**
     * Once two answers of the first minute are there beside the others, it goes; then there would
     * be room for the third, if that comes late.
     */
    private static final int MAX_ANSWERS = 3;

    private static final List<NameFact> FACTS =
            List.of(
                    answer(ALICE, WEB, "gone.example", 1, 300),
                    answer(BOB, WEB, "gone-too.example", 5, 300),
                    answer(BOB, MAIL, "gone-last.example", 9, 300),
                    answer(ALICE, WEB, "tie-a.example", 70, 300),
                    answer(ALICE, WEB, "tie-b.example", 70, 1));

    private static final List<KeyedRow> SESSIONS =
            List.of(
                    session(1, ALICE, WEB, 30),
                    session(2, ALICE, WEB, 69),
                    session(3, ALICE, WEB, 70),
                    session(4, BOB, WEB, 80),
                    session(5, CAROL, WEB, 90),
                    session(6, ALICE, WEB, 71 + NameTable.GRACE_SECONDS),
                    session(7, ALICE, WEB, 72 + NameTable.GRACE_SECONDS),
                    session(8, CAROL, WEB, 370 + NameTable.GRACE_SECONDS),
                    session(9, CAROL, WEB, 371 + NameTable.GRACE_SECONDS),
                    session(10, BOB, MAIL, 200));

    /** Parallelism before and after the restart. */
    private static final int[][] BEFORE_AND_AFTER = {{1, 2}, {2, 1}, {2, 4}};

    private static SortedSet<String> expectedTable;
    private static Map<Integer, String> expectedHosts;
    private static int expectedAnswers;

    private static NameFact answer(
            String client, String address, String name, long second, int ttlSeconds) {
        return new NameFact(
                "site",
                IpAddress.parse(client),
                IpAddress.parse(address),
                NameSource.DNS,
                name,
                T + second * SECOND_NS,
                ttlSeconds);
    }

    private static KeyedRow session(int number, String client, String server, long second) {
        SessionRow row = Rows.of(number, 29);
        row.clientIp = IpAddress.parse(client).toBytes();
        row.serverIp = IpAddress.parse(server).toBytes();
        row.startTimeNs = T + second * SECOND_NS;
        return new KeyedRow(new FlowKey("site", -1, 6, 4, 0, number, 0, 2, 3, 4), row, true);
    }

    @BeforeAll
    static void nameUndisturbed() throws Exception {
        try (NamingSubtasks subtasks = NamingSubtasks.start(1, MAX_ANSWERS)) {
            subtasks.tell(FACTS);
            end(subtasks);
            expectedTable = subtasks.table();
            expectedHosts = subtasks.hosts();
            expectedAnswers = subtasks.answers();
        }
    }

    private static void begin(NamingSubtasks subtasks) throws Exception {
        for (KeyedRow row : SESSIONS.subList(0, SESSIONS.size() / 2)) {
            subtasks.take(new KeyedRow(row.key(), row.row().copy(), true));
        }
    }

    private static void end(NamingSubtasks subtasks) throws Exception {
        if (expectedHosts == null) {
            begin(subtasks);
        }
        for (KeyedRow row : SESSIONS.subList(SESSIONS.size() / 2, SESSIONS.size())) {
            subtasks.take(new KeyedRow(row.key(), row.row().copy(), true));
        }
        subtasks.watermark(Long.MAX_VALUE);
    }

    @Test
    void shouldNameTheSessions() {
        assertThat(expectedHosts.values())
                .containsExactly(
                        "null null -1 -1",
                        "null null -1 -1",
                        "tie-b.example dns 0 1",
                        "tie-b.example dns 10 1",
                        "tie-b.example dns 20 1",
                        "tie-b.example dns 3601 1",
                        "tie-a.example dns 3602 300",
                        "tie-a.example dns 3900 300",
                        "null null -1 -1",
                        "null null -1 -1");
        assertThat(expectedAnswers).isEqualTo(2);
    }

    @Test
    void shouldNotDependOnTheOrderOfArrivalNorOnARestart() throws Exception {
        int index = 0;
        for (List<NameFact> facts : permutations(FACTS)) {
            int told = index % (FACTS.size() + 1);
            int[] parallelism = BEFORE_AND_AFTER[index / 6 % BEFORE_AND_AFTER.length];
            index++;
            assertSame(facts, told, parallelism[0], parallelism[1]);
        }
        assertThat(index).isEqualTo(120);
    }

    private static void assertSame(List<NameFact> facts, int told, int before, int after)
            throws Exception {
        try (NamingSubtasks subtasks = NamingSubtasks.start(before, MAX_ANSWERS)) {
            begin(subtasks);
            subtasks.tell(facts.subList(0, told));
            subtasks.restart(after);
            subtasks.tell(facts.subList(told, facts.size()));
            end(subtasks);

            assertThat(subtasks.table()).as("%d, then %s", told, facts).isEqualTo(expectedTable);
            assertThat(subtasks.hosts()).as("%d, then %s", told, facts).isEqualTo(expectedHosts);
            assertThat(subtasks.answers()).isEqualTo(expectedAnswers);
            assertThat(subtasks.evicted()).isEqualTo(FACTS.size() - expectedAnswers);
        }
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        List<List<T>> all = new ArrayList<>();
        permute(new ArrayList<>(items), 0, all);
        return all;
    }

    private static <T> void permute(List<T> items, int from, List<List<T>> all) {
        if (from == items.size()) {
            all.add(List.copyOf(items));
            return;
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permute(items, from + 1, all);
            Collections.swap(items, from, i);
        }
    }
}
