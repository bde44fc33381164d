package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionRow;

/**
 * A row with the key that it was assembled under, so that the steps behind assembly have the same
 * key without another shuffle.
 *
 * @param news the row says something new; otherwise event time alone has come further
 */
public record KeyedRow(FlowKey key, SessionRow row, boolean news) {}
