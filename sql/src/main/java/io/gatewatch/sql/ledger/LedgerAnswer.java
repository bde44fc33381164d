package io.gatewatch.sql.ledger;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Asks the ledger and says what it holds. */
public final class LedgerAnswer {
    private LedgerAnswer() {}

    /**
     * Says it.
     *
     * @param jsonLines for programs, instead of a table for people
     * @param againstSessions compare with the sessions too
     * @return whether everything is accounted for
     */
    public static boolean write(
            Connection connection,
            LedgerScope scope,
            Step step,
            boolean jsonLines,
            boolean againstSessions,
            PrintWriter out)
            throws SQLException {
        String name = step.name().toLowerCase(Locale.ROOT);
        LedgerWriter writer = jsonLines ? new LedgerLines(out, name) : new LedgerText(out, name);
        LedgerQueries ledger = new LedgerQueries(connection, scope);
        ledger.totals(step, writer::totals);
        List<Loss> losses = ledger.losses();
        writer.losses(losses);
        boolean balanced = losses.stream().allMatch(Loss::isAccountedFor);
        if (againstSessions) {
            List<SiteCheck> checks = new SessionQueries(connection, scope).checks();
            writer.sessions(checks);
            balanced &= checks.stream().allMatch(SiteCheck::isBalanced);
        }
        writer.result(balanced);
        return balanced;
    }
}
