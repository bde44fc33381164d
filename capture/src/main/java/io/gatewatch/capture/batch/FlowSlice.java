package io.gatewatch.capture.batch;

import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.ExtensionEncoder;
import io.gatewatch.wire.ExtensionTags;
import io.gatewatch.wire.FlowCoding;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.ReportEncoder;
import java.util.Arrays;

/**
 * A flow's part of an unfinished batch: its paths so far, the coding of its next packet and where
 * its encoded packets lie. Pooled by {@link PartitionBatch}. Not thread safe.
 */
final class FlowSlice {
    /** Most paths that one flow of a batch can have. */
    static final int MAX_PATHS = 255;

    static final int NO_RUN = -1;

    final FlowCoding coding = new FlowCoding();
    Flow flow;
    int packets;
    int bytes;

    /** Runs of encoded packets in the batch's arena, a chain. */
    int firstRun;

    int lastRun;

    /** Reports so far; null where the slice never had any. */
    private ReportEncoder reports;

    private FlowPath[] paths = new FlowPath[2];
    private int pathCount;
    private int lastPath;

    void start(Flow newFlow, long baseTimeNs) {
        flow = newFlow;
        packets = 0;
        bytes = 0;
        firstRun = NO_RUN;
        lastRun = NO_RUN;
        pathCount = 0;
        lastPath = 0;
        if (reports != null) {
            reports.clear();
        }
        coding.reset(newFlow.protocol(), newFlow.ipVersion(), baseTimeNs);
    }

    /** Adds a report behind the packets so far. */
    void report(long sinceBaseNs, long anomalies) {
        if (reports == null) {
            reports = new ReportEncoder();
        }
        reports.add(packets, sinceBaseNs, anomalies);
    }

    boolean pathsAreFull() {
        return pathCount == MAX_PATHS;
    }

    int pathCount() {
        return pathCount;
    }

    /** The path's place in the flow's list, to whose end it is added if it is new. */
    int indexOf(FlowPath path) {
        if (pathCount > 0 && paths[lastPath].equals(path)) {
            return lastPath;
        }
        for (int i = 0; i < pathCount; i++) {
            if (paths[i].equals(path)) {
                lastPath = i;
                return i;
            }
        }
        if (pathCount == paths.length) {
            paths = Arrays.copyOf(paths, Math.min(MAX_PATHS, 2 * pathCount));
        }
        paths[pathCount] = path;
        lastPath = pathCount;
        return pathCount++;
    }

    /** Writes the flow's identity; the packets follow. */
    void encodeTo(BatchEncoder encoder, FlowEntry entry) {
        entry.protocol = flow.protocol();
        entry.ipVersion = flow.ipVersion();
        entry.addressAHigh = flow.addressAHigh;
        entry.addressALow = flow.addressALow;
        entry.addressBHigh = flow.addressBHigh;
        entry.addressBLow = flow.addressBLow;
        entry.portA = flow.portA();
        entry.portB = flow.portB();
        entry.keyVlan = flow.keyVlan();
        entry.seenBefore = flow.inEarlierBatch;
        entry.paths.clear();
        for (int i = 0; i < pathCount; i++) {
            entry.paths.add(paths[i]);
        }
        if (reports == null || reports.isEmpty()) {
            encoder.flow(entry, packets, bytes);
            return;
        }
        ExtensionEncoder fields = new ExtensionEncoder();
        fields.add(ExtensionTags.FLOW_REPORTS, reports.bytes(), 0, reports.length());
        encoder.flow(entry, packets, bytes, fields.bytes(), 0, fields.length());
    }
}
