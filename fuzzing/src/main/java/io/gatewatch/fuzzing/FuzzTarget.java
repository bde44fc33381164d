package io.gatewatch.fuzzing;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is fuzzed.
 *
 * @param name as in folders and reports
 * @param entryPoint the class that a fuzzer is given
 * @param run takes any input; throws only if the program is wrong
 * @param seeds valid inputs
 */
public record FuzzTarget(
        String name, Class<?> entryPoint, Consumer<byte[]> run, Supplier<List<byte[]>> seeds) {

    /** All of them. */
    public static final List<FuzzTarget> ALL =
            List.of(
                    new FuzzTarget(
                            "capture-file",
                            CaptureFileTarget.class,
                            CaptureFileTarget::fuzzerTestOneInput,
                            Seeds::captures),
                    new FuzzTarget(
                            "frame",
                            FrameTarget.class,
                            FrameTarget::fuzzerTestOneInput,
                            Seeds::frames),
                    new FuzzTarget(
                            "batcher",
                            BatcherTarget.class,
                            BatcherTarget::fuzzerTestOneInput,
                            Seeds::conversations),
                    new FuzzTarget(
                            "batch",
                            BatchTarget.class,
                            BatchTarget::fuzzerTestOneInput,
                            Seeds::batches),
                    new FuzzTarget(
                            "session",
                            SessionTarget.class,
                            SessionTarget::fuzzerTestOneInput,
                            Seeds::scripts),
                    new FuzzTarget(
                            "dns",
                            DnsTarget.class,
                            DnsTarget::fuzzerTestOneInput,
                            Seeds::dnsMessages));

    @Override
    public String toString() {
        return name;
    }
}
