package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionRow;

/**
 * A row with the key that it was assembled under, so that the steps behind assembly have the same
 * key without another shuffle.
 */
public record KeyedRow(FlowKey key, SessionRow row) {}
