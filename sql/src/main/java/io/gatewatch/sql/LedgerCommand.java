package io.gatewatch.sql;

import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.settings.Problems;
import io.gatewatch.sql.ledger.LedgerAnswer;
import io.gatewatch.sql.ledger.LedgerScope;
import io.gatewatch.sql.ledger.Step;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatewatch ledger}: what became of every packet. */
@CommandLine.Command(
        name = "ledger",
        description = "Says what became of every packet that was captured, and what is missing.",
        footer = {
            "",
            "captured + in tunnels = in sessions + ignored + dropped + missing, but for what",
            "the kernel dropped, which was never captured. A minute is there about two",
            "minutes after its end.",
            "",
            "Examples:",
            "  gatewatch ledger --jdbc-url jdbc:mysql://db:3306/gatewatch --from 2026-01-31",
            "  gatewatch ledger --jdbc-url … --gateway branch-7 --per minute \\",
            "      --from 2026-01-31T08:00 --to 2026-01-31T09:00",
            "  gatewatch ledger --jdbc-url … --against-sessions --format jsonl",
            "",
            "Exit code 0: every packet is accounted for, if only as lost, or there is none yet; 4: not."
        })
public final class LedgerCommand implements Command {
    @Mixin JdbcOptions jdbc;

    @Mixin CommonOptions common;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "First minute, UTC: 2026-01-31 or 2026-01-31T08:00 (default: all).")
    String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "The minute after the last, UTC (default: all).")
    String to;

    @Option(names = "--site", paramLabel = "NAME", description = "One site alone.")
    String site;

    @Option(names = "--gateway", paramLabel = "NAME", description = "One gateway alone.")
    String gateway;

    @Option(
            names = "--per",
            paramLabel = "hour|minute",
            defaultValue = "hour",
            description = "What a line of the table covers (default: ${DEFAULT-VALUE}).")
    Step step;

    @Option(
            names = "--format",
            paramLabel = "table|jsonl",
            defaultValue = "table",
            description = "Form of the results (default: ${DEFAULT-VALUE}).")
    Format format;

    @Option(
            names = "--against-sessions",
            description =
                    "Compare with the packets of all sessions too: it notices rows that the database"
                            + " lost, and reads all of them. While the job catches up with a"
                            + " backlog rows come later than counts: ask again then. Where old"
                            + " days are removed, ask with --from, a day behind the oldest.")
    boolean againstSessions;

    @Spec CommandSpec spec;

    /** Form of the results. */
    enum Format {
        TABLE,
        JSONL
    }

    public static void main(String[] args) {
        CommandRunner.main(new LedgerCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        jdbc.validate(problems);
        requireTime(problems, "--from", from);
        requireTime(problems, "--to", to);
        problems.require(
                !againstSessions || gateway == null,
                "--gateway",
                gateway,
                "a session may be of several gateways: --against-sessions takes --site");
    }

    private static void requireTime(Problems problems, String option, String text) {
        try {
            time(text);
        } catch (DateTimeException e) {
            problems.add(option, text, "must be a time such as 2026-01-31 or 2026-01-31T08:00");
        }
    }

    /** A time in UTC, said as a date, with a time of day, or as an instant; null for none. */
    static LocalDateTime time(String text) {
        if (text == null) {
            return null;
        }
        if (text.endsWith("Z")) {
            return LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC);
        }
        return text.contains("T") || text.contains(" ")
                ? LocalDateTime.parse(text.replace(' ', 'T'))
                : LocalDate.parse(text).atStartOfDay();
    }

    @Override
    public int run() {
        LedgerScope scope = new LedgerScope(time(from), time(to), site, gateway);
        PrintWriter out = spec.commandLine().getOut();
        try (Connection connection = jdbc.connect()) {
            SchemaMigration.requireCurrent(connection);
            boolean balanced =
                    LedgerAnswer.write(
                            connection, scope, step, format == Format.JSONL, againstSessions, out);
            out.flush();
            return balanced ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (SQLException e) {
            throw CommandFailure.failed("the ledger could not be read: " + e.getMessage());
        }
    }
}
