package io.gatewatch.job.gateways;

import io.gatewatch.job.ledger.MinuteReport;

/**
 * What the job takes from one report of an agent.
 *
 * @param row for the table {@code gateways}
 * @param minute for the ledger; null where the report is of no minute, or does not say what was
 *     counted in it
 */
record AgentReport(GatewayRow row, MinuteReport minute) {}
