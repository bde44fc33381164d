package io.gatewatch.sql.ledger;

import java.util.List;

/** Says what the ledger holds, in this order. */
interface LedgerWriter {
    void totals(TimeTotals line);

    void losses(List<Loss> losses);

    void sessions(List<SiteCheck> checks);

    void result(boolean balanced);
}
