package io.gatewatch.benchmarks.stage;

/**
 * How much is measured.
 *
 * @param quick as little as shows that everything works
 * @param packets packets of captures and topics; 0 leaves it to the stage
 * @param flows live flows of the job's load
 * @param packetsPerSlice k of the job's load
 * @param database whether the chain writes into a database as well
 */
public record Plan(boolean quick, long packets, int flows, int packetsPerSlice, boolean database) {
    /** As asked for, else what the stage wants. */
    public long packetsOr(long whenQuick, long otherwise) {
        if (packets > 0) {
            return packets;
        }
        return quick ? whenQuick : otherwise;
    }
}
