/**
 * The packet ledger: what became of the packets of each gateway and capture minute. {@link
 * io.gatewatch.job.ledger.LedgerTurn} has the rules; the function only moves state and timers.
 */
package io.gatewatch.job.ledger;
