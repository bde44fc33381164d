package io.gatewatch.demo;

import io.gatewatch.settings.TextTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether every packet that was captured is accounted for, and if not, where it went missing.
 *
 * @param totals what the agent counted
 * @param inSessions packets summed over the table of sessions
 */
public record PacketBalance(AgentTotals totals, long inSessions) {
    /** Packets that were captured, were not set aside, and are in no batch. */
    public long missingInAgent() {
        return totals.expectedInSessions() - totals.shipped();
    }

    /** Packets that were shipped and are in no session. Negative: more are there than shipped. */
    public long missingBehindAgent() {
        return totals.shipped() - inSessions;
    }

    public boolean isBalanced() {
        return missingInAgent() == 0 && missingBehindAgent() == 0;
    }

    /** The sum, one line for each place. */
    List<String> lines() {
        TextTable table = new TextTable("", ">packets");
        table.row("captured", TextTable.number(totals.captured()));
        if (totals.decapsulated() > 0) {
            table.row("found in tunnels", "+ " + TextTable.number(totals.decapsulated()));
        }
        totals.setAside()
                .forEach((reason, packets) -> table.row(reason, "- " + TextTable.number(packets)));
        addDifference(table, "lost between capture and batches", missingInAgent());
        table.row("shipped", TextTable.number(totals.shipped()));
        addDifference(table, "lost between Kafka and the table", missingBehindAgent());
        table.row("in sessions", TextTable.number(inSessions));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(
                isBalanced()
                        ? "Every packet is accounted for."
                        : "NOT every packet is accounted for.");
        return lines;
    }

    private static void addDifference(TextTable table, String name, long missing) {
        if (missing != 0) {
            table.row(
                    "  " + name, (missing > 0 ? "- " : "+ ") + TextTable.number(Math.abs(missing)));
        }
    }
}
