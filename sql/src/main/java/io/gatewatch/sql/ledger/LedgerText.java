package io.gatewatch.sql.ledger;

import io.gatewatch.settings.Printable;
import io.gatewatch.settings.TextTable;
import java.io.PrintWriter;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** For people. Names of sites and gateways cannot do anything to the terminal. */
final class LedgerText implements LedgerWriter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final PrintWriter out;
    private final TextTable table;
    private boolean empty = true;

    /**
     * @param step heading of the times
     */
    LedgerText(PrintWriter out, String step) {
        this.out = out;
        table =
                new TextTable(
                        "gateway",
                        step + ", UTC",
                        ">captured",
                        ">in tunnels",
                        ">in sessions",
                        ">ignored",
                        ">dropped",
                        ">missing");
    }

    @Override
    public void totals(TimeTotals line) {
        empty = false;
        Totals totals = line.totals();
        table.row(
                name(line.site(), line.gateway()),
                TIME.format(line.time()),
                TextTable.number(totals.captured()),
                TextTable.number(totals.inTunnels()),
                TextTable.number(totals.inSessions()),
                TextTable.number(totals.ignored()),
                TextTable.number(totals.dropped()),
                TextTable.number(totals.lost()));
    }

    private static String name(String site, String gateway) {
        String name = Printable.of(gateway);
        return site.equals(gateway) ? name : name + " at " + Printable.of(site);
    }

    @Override
    public void losses(List<Loss> losses) {
        if (empty) {
            out.println("The ledger holds no minute that was asked for.");
        } else {
            table.lines().forEach(out::println);
        }
        section("Lost, and accounted for", losses.stream().filter(Loss::isAccountedFor).toList());
        section(
                "NOT accounted for",
                losses.stream().filter(loss -> !loss.isAccountedFor()).toList());
    }

    private void section(String heading, List<Loss> losses) {
        if (losses.isEmpty()) {
            return;
        }
        out.println();
        out.println(heading);
        for (Loss loss : losses) {
            out.println(
                    "  "
                            + name(loss.site(), loss.gateway())
                            + ", "
                            + minutes(loss.first(), loss.last())
                            + ": "
                            + packets(Math.abs(loss.packets()))
                            + ", "
                            + loss.place()
                            + " "
                            + loss.reason());
            out.println("    " + loss.meaning());
        }
    }

    private static String minutes(LocalDateTime first, LocalDateTime last) {
        if (first.equals(last)) {
            return TIME.format(first);
        }
        boolean sameDay = first.toLocalDate().equals(last.toLocalDate());
        return TIME.format(first) + " to " + (sameDay ? CLOCK : TIME).format(last);
    }

    private static String packets(long packets) {
        return TextTable.number(packets) + (packets == 1 ? " packet" : " packets");
    }

    @Override
    public void sessions(List<SiteCheck> checks) {
        out.println();
        out.println("Against the sessions");
        for (SiteCheck check : checks) {
            out.println("  " + Printable.of(check.site()) + ": " + comparison(check));
        }
    }

    private static String comparison(SiteCheck check) {
        String sides =
                "the ledger counted "
                        + packets(check.ledger())
                        + ", the sessions have "
                        + (check.least() == check.most()
                                ? TextTable.number(check.most())
                                : TextTable.number(check.least())
                                        + " to "
                                        + TextTable.number(check.most()));
        if (check.lost() > 0) {
            return sides + ": " + packets(check.lost()) + " LOST behind the job's counting";
        }
        if (check.surplus() > 0) {
            return sides + ": " + packets(check.surplus()) + " that the ledger DOES NOT KNOW";
        }
        boolean exact = check.ledger() == check.least() && check.ledger() == check.most();
        return exact || check.unwritten() + check.uncounted() == 0
                ? sides
                : sides + " (rows of the last minutes are still being written)";
    }

    @Override
    public void result(boolean balanced) {
        if (empty && balanced) {
            return; // of no packet nothing is known
        }
        out.println();
        out.println(
                balanced ? "Every packet is accounted for." : "NOT every packet is accounted for.");
    }
}
