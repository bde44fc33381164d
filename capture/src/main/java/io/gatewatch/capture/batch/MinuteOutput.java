package io.gatewatch.capture.batch;

/** Is told when a capture minute is over. Called by the capturing thread. */
public interface MinuteOutput {
    /** For captures of which nobody keeps account. */
    MinuteOutput NONE = (minute, waitingFrames, waitingDecapsulated) -> {};

    /**
     * All packets of the minute have been sent or dropped, and nothing of a later one has been
     * counted: what the counters have gained since the call before, {@link
     * CaptureCounters#kernelDropped()} too, is the minute's. At the end of a capture the end
     * markers are among what was sent.
     *
     * <p>With what waits counted in the minute in which its wait ends, each minute balances:
     * captured + decapsulated = shipped + queue drops + everything left out. Frames with unusable
     * times count in the minute in which they come, before the first clock in the first minute.
     *
     * @param minute nanoseconds since 1970 ÷ 60 s of the clock, as in the heads of its batches; 0
     *     if the capture ended before a clock stood. Each is greater than the one before, but
     *     minutes without frames may be left out
     * @param waitingFrames frames counted as captured that wait for a first fragment
     * @param waitingDecapsulated packets counted as decapsulated that do
     */
    void minuteOver(long minute, int waitingFrames, int waitingDecapsulated);
}
