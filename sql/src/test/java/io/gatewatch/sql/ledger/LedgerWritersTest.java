package io.gatewatch.sql.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerWritersTest {
    private static final String HOSTILE = "gw\u001b[2J\n\u202e";
    private static final LocalDateTime FIRST = LocalDateTime.parse("2026-03-10T23:59");
    private static final Totals TOTALS = new Totals(10, 1, 4, 1, 1, 2, 1, 2, 1);

    private final StringWriter said = new StringWriter();

    @Test
    void shouldPrintNamesThatCannotDoAnythingToATerminal() {
        write(new LedgerText(writer(), "hour"));

        assertThat(said.toString())
                .contains("gw\\x1b[2J\\n\\u202e at home")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void shouldEscapeNamesInLines() {
        write(new LedgerLines(writer(), "hour"));

        assertThat(said.toString().lines()).hasSize(4);
        assertThat(said.toString())
                .contains("\"gateway\":\"gw\\u001B[2J\\n\\u202E\"")
                .contains(
                        "\"captured\":10",
                        "\"unexplained\":1",
                        "\"first_minute\":\"2026-03-10T23:59:00Z\"")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void shouldSayDaysOfMinutesOnlyWhereTheyDiffer() {
        LedgerText text = new LedgerText(writer(), "hour");

        text.losses(
                List.of(
                        loss("kernel_dropped", 1, FIRST),
                        loss("agent_died", 2, FIRST.plusMinutes(1)),
                        loss("queue_dropped", 1_000, FIRST.minusMinutes(9))));

        assertThat(said.toString())
                .contains("2026-03-10 23:59: 1 packet, agent kernel_dropped")
                .contains("2026-03-10 23:59 to 2026-03-11 00:00: 2 packets, agent agent_died")
                .contains("2026-03-10 23:50 to 23:59: 1,000 packets, agent queue_dropped");
    }

    @Test
    void shouldAddUp() {
        assertThat(TOTALS.rest()).isEqualTo(1);
        assertThat(TOTALS.dropped()).isEqualTo(3);
        assertThat(TOTALS.lost()).isEqualTo(4);
    }

    private void write(LedgerWriter writer) {
        writer.totals(new TimeTotals("home", HOSTILE, FIRST, TOTALS));
        writer.losses(List.of(loss("missing", 1, FIRST)));
        writer.sessions(List.of(new SiteCheck(HOSTILE, 4, 4, 4, 0, 0)));
        writer.result(false);
    }

    private static Loss loss(String reason, long packets, LocalDateTime other) {
        LocalDateTime first = other.isBefore(FIRST) ? other : FIRST;
        LocalDateTime last = other.isBefore(FIRST) ? FIRST : other;
        return new Loss("home", HOSTILE, "agent", reason, 1, "", packets, first, last);
    }

    private PrintWriter writer() {
        return new PrintWriter(said, true);
    }
}
