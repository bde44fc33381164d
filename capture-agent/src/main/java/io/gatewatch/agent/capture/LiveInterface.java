package io.gatewatch.agent.capture;

import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.wire.CaptureInterface;
import java.io.Closeable;
import java.io.IOException;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;

/**
 * Capture on one interface. A thread of its own stays inside libpcap, which writes every packet
 * into a FIFO with its own dump function; the reader on the other end sees a capture file that
 * grows. So no packet costs a call between Java and native code.
 *
 * <p>Three threads meet here: the one in libpcap, one that looks after it ({@link #flush}, {@link
 * #askKernel}), and the reading one.
 */
final class LiveInterface implements FrameStream, Closeable {
    /** How long the kernel may hold back packets to hand them over together. */
    private static final int HOLD_BACK_MS = 50;

    private final String name;
    private final PcapHandle handle;
    private final PcapDumper dumper;
    private final CaptureReader reader;
    private final CaptureInterface captured;
    private final KernelProgress progress = new KernelProgress();
    private final WrappingCounter received = new WrappingCounter();
    private final WrappingCounter dropped = new WrappingCounter();
    private final WrappingCounter droppedByInterface = new WrappingCounter();
    private final Thread thread;
    private long droppedTotal;
    private volatile boolean stopping;
    private volatile boolean writerGone;
    private volatile String failure;

    // Of the reading thread alone.
    private final CapturedFrame head = new CapturedFrame();
    private boolean hasHead;
    private boolean ended;
    private long framesRead;

    private LiveInterface(String name, PcapHandle handle) throws IOException {
        this.name = name;
        this.handle = handle;
        try (Fifo fifo = Fifo.create()) {
            var input = fifo.openForReading();
            dumper = handle.dumpOpen(fifo.path());
            dumper.flush(); // the header, which the reader waits for
            reader = CaptureReader.open(input);
        } catch (PcapNativeException e) {
            throw CaptureFailures.cannotOpen(name, e);
        } catch (NotOpenException e) {
            throw new IllegalStateException(e);
        }
        captured = new CaptureInterface(name, reader.interfaces().get(0).linkType());
        if (!PacketDecoder.supports(captured.linkType())) {
            throw CaptureFailures.unsupported(captured);
        }
        thread = new Thread(this::capture, "capture-" + name);
        thread.setDaemon(true);
    }

    /**
     * Opens an interface; packets are kept from here on.
     *
     * @throws CommandFailure with what to do
     */
    static LiveInterface open(String name, LiveSettings settings) throws IOException {
        PcapHandle handle = handle(name, settings);
        try {
            if (!settings.filter().isEmpty()) {
                handle.setFilter(settings.filter(), BpfCompileMode.OPTIMIZE);
            }
            return new LiveInterface(name, handle);
        } catch (PcapNativeException e) {
            handle.close();
            throw CaptureFailures.badFilter(settings.filter(), e);
        } catch (NotOpenException e) {
            throw new IllegalStateException(e);
        } catch (IOException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    private static PcapHandle handle(String name, LiveSettings settings) {
        try {
            return builder(name, settings).timestampPrecision(TimestampPrecision.NANO).build();
        } catch (PcapNativeException e) {
            throw CaptureFailures.cannotOpen(name, e);
        }
    }

    private static PcapHandle.Builder builder(String name, LiveSettings settings) {
        return new PcapHandle.Builder(name)
                .snaplen(settings.snapLength())
                .promiscuousMode(
                        settings.promiscuous()
                                ? PromiscuousMode.PROMISCUOUS
                                : PromiscuousMode.NONPROMISCUOUS)
                .timeoutMillis(HOLD_BACK_MS)
                .bufferSize(settings.bufferBytes());
    }

    void start() {
        thread.start();
    }

    private void capture() {
        try {
            handle.loop(-1, dumper);
        } catch (PcapNativeException e) {
            failure = CaptureFailures.message(e, "unknown reason");
        } catch (InterruptedException e) {
            failure = stopping ? null : "interrupted"; // how pcap4j reports breakLoop
        } catch (NotOpenException e) {
            failure = "closed";
        } finally {
            closeDumper();
            writerGone = true;
        }
    }

    /** Stops capture; what was captured can still be read. */
    void stop() {
        stopping = true;
        try {
            handle.breakLoop();
        } catch (NotOpenException e) {
            return; // it has ended by itself
        }
    }

    private void closeDumper() {
        if (dumper.isOpen()) {
            dumper.close();
        }
    }

    /** What ended capture before it was stopped, or null. */
    CommandFailure failure() {
        String why = failure;
        return why == null ? null : CaptureFailures.stopped(name, why);
    }

    /** Pushes out what the dump function holds back until its buffer is full. */
    void flush() {
        try {
            if (dumper.isOpen()) {
                dumper.flush();
            }
        } catch (PcapNativeException | NotOpenException e) {
            return; // closed meanwhile, which flushes as well
        }
    }

    /**
     * Notes how far the kernel is.
     *
     * @return frames that kernel and network card have dropped so far
     */
    long askKernel(long wallNs) {
        try {
            PcapStat stat = handle.getStats();
            long lost = dropped.update(stat.getNumPacketsDropped());
            progress.look(wallNs, received.update(stat.getNumPacketsReceived()) - lost);
            droppedTotal = lost + droppedByInterface.update(stat.getNumPacketsDroppedByIf());
        } catch (PcapNativeException | NotOpenException e) {
            return droppedTotal; // as it was
        }
        return droppedTotal;
    }

    CaptureInterface captureInterface() {
        return captured;
    }

    @Override
    public boolean poll() throws IOException {
        if (hasHead) {
            return true;
        }
        boolean last = writerGone; // asked first: what was written before is found below
        if (!ended && (reader.frameBuffered() || last)) {
            hasHead = reader.next(head);
            ended = !hasHead;
            framesRead += hasHead ? 1 : 0;
        }
        return hasHead;
    }

    @Override
    public boolean hasHead() {
        return hasHead;
    }

    @Override
    public CapturedFrame head() {
        return head;
    }

    @Override
    public void takeHead() {
        hasHead = false;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public long readUntilNs() {
        return progress.readUntilNs(framesRead);
    }

    @Override
    public void close() throws IOException {
        stop();
        reader.close();
        try {
            thread.join(); // returns at once if it was never started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeDumper();
        handle.close();
    }
}
