package io.gatewatch.agent;

import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;

/** Brings frames into the batcher until the input ends or the agent is asked to end. */
interface CaptureRun {
    void run(FlowBatcher batcher) throws IOException, InterruptedException;

    /** Interfaces seen so far; from any thread. */
    List<CaptureInterface> interfaces();
}
