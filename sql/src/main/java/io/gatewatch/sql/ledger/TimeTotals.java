package io.gatewatch.sql.ledger;

import java.time.LocalDateTime;

/**
 * One line of the table: a gateway's packets of an hour or a minute.
 *
 * @param time its beginning, UTC
 */
record TimeTotals(String site, String gateway, LocalDateTime time, Totals totals) {}
