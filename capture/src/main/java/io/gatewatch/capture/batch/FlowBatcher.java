package io.gatewatch.capture.batch;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.QuotedPacket;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.ExtensionEncoder;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.PacketEncoder;
import io.gatewatch.wire.ReportEncoder;
import io.gatewatch.wire.WirePacket;
import java.util.List;

/**
 * Decodes frames, groups them by flow and cuts batches. One thread.
 *
 * <p>Every partition of both topics has one unfinished batch. It is sent when the capture clock has
 * come an interval further than it was when its first packet came, when it has all the packets or
 * bytes that a batch may have, and at the end of the capture minute. A partition that was sent
 * nothing for the punctuation interval is sent a batch without packets. All this depends on capture
 * times, counts and sizes alone, so the same capture file makes the same batches.
 *
 * <p>The capture clock is the latest time of all frames so far, whatever became of them ({@link
 * #idle} moves it too). A batch that states a clock promises its partition that everything of this
 * partition captured up to there has been sent. Therefore a batch that has to go before the packet
 * at hand is added states the clock as it was before that packet; all others that the packet makes
 * due state the clock with it. Fragments that wait for the first one of their datagram are
 * excepted: they come up to {@value FragmentTable#LIFETIME_SECONDS} s behind the clock, less than
 * the job's grace.
 *
 * <p>The capture minute is that of the clock, so it never goes back either. Before the first frame
 * of a later one is counted, everything unfinished is sent and a {@link MinuteOutput} is told: then
 * the counters are final for the minute. What waits for a first fragment belongs to the minute in
 * which its wait ends.
 *
 * <p>What a tunnel carries are packets too, and what an ICMP error quotes is told to the quoted
 * flow. Fragments wait in a {@link FragmentTable} for the first one of their datagram.
 *
 * <p>Memory is bounded by {@code maxFlows}, the number of partitions and the limits of that table.
 * After warm-up a packet allocates nothing, but for DNS messages that are put together.
 */
public final class FlowBatcher {
    /** Latest usable time: a day before 64 bits of nanoseconds end, so that time-outs fit. */
    static final long MAX_TIME_NS = Long.MAX_VALUE - 86_400_000_000_000L;

    private static final long MINUTE_NS = 60_000_000_000L;

    private final BatchSettings settings;
    private final CaptureCounters counters;
    private final BatchOutput output;
    private final OwnTraffic ownTraffic;
    private final long intervalNs;
    private final long punctuationIntervalNs;
    private final boolean decapsulate;
    private final int headFlags;

    private final PacketDecoder decoder = new PacketDecoder();
    private final PacketView view = new PacketView();
    private final QuotedPacket quoted = new QuotedPacket();
    private final BatchInterfaces interfaces = new BatchInterfaces();
    private final PacketFiller filler;
    private final FragmentTable fragments;
    private final FlowDirectory directory;

    private final PartitionBatch[] packetPartitions;
    private final PartitionBatch[] dnsPartitions;
    private final BatchEncoder encoder = new BatchEncoder();
    private final BatchHead head = new BatchHead();
    private final FlowEntry entry = new FlowEntry();

    private long clockNs = BatchHead.NO_CLOCK;

    /** The capture minute: of the clock with the frame at hand; 0 before any. */
    private long minute;

    /** Where the capture minute ends; a clock that does not stand yet is before any minute. */
    private long minuteEndNs = Long.MIN_VALUE;

    private MinuteOutput minutes = MinuteOutput.NONE;

    /** No partition is due before it. */
    private long nextDueNs = Long.MAX_VALUE;

    public FlowBatcher(BatchSettings settings, CaptureCounters counters, BatchOutput output) {
        this(settings, counters, output, new OwnTraffic());
    }

    /**
     * @param ownTraffic what to leave out; without endpoints for capture files, whose batches must
     *     not depend on it
     */
    public FlowBatcher(
            BatchSettings settings,
            CaptureCounters counters,
            BatchOutput output,
            OwnTraffic ownTraffic) {
        this.settings = settings;
        this.counters = counters;
        this.output = output;
        this.ownTraffic = ownTraffic;
        intervalNs = settings.interval().toNanos();
        punctuationIntervalNs = settings.punctuationInterval().toNanos();
        decapsulate = settings.decapsulate();
        headFlags =
                (settings.file() ? BatchHead.FLAG_FILE : 0)
                        | (settings.packetIdentity() ? BatchHead.FLAG_PACKET_IDENTITY : 0);
        filler = new PacketFiller(settings);
        fragments = new FragmentTable(settings, counters, this::ship);
        packetPartitions =
                partitions(
                        BatchTopic.PACKETS, settings.packetPartitions(), settings.packetIdentity());
        dnsPartitions =
                partitions(BatchTopic.DNS, settings.dnsPartitions(), settings.packetIdentity());
        directory =
                new FlowDirectory(
                        settings, counters, packetPartitions, dnsPartitions, this::sendUnfinished);
    }

    private static PartitionBatch[] partitions(BatchTopic topic, int count, boolean identity) {
        PartitionBatch[] partitions = new PartitionBatch[count];
        for (int i = 0; i < count; i++) {
            partitions[i] = new PartitionBatch(topic, i, identity);
        }
        return partitions;
    }

    /** Sets who is told when a capture minute is over; nobody until then. */
    public void minutes(MinuteOutput newOutput) {
        minutes = newOutput;
    }

    /** Sets the interface table; frames refer to it by index. It may grow while capturing. */
    public void interfaces(List<CaptureInterface> table) {
        interfaces.set(table);
        head.interfaces.clear();
        head.interfaces.addAll(interfaces.shipped());
    }

    /** Takes the next captured frame; parameters as in {@code PacketDecoder.decode}. */
    public void frame(
            int interfaceIndex,
            long timeNs,
            byte[] bytes,
            int offset,
            int capturedLength,
            int originalLength) {
        if (timeNs < 0 || timeNs > MAX_TIME_NS) {
            counters.addCaptured();
            counters.addBadTimestamp();
            return;
        }
        if (timeNs >= minuteEndNs) {
            enterMinuteOf(timeNs);
        }
        counters.addCaptured();
        DecodeOutcome outcome =
                decoder.decode(
                        interfaces.linkType(interfaceIndex),
                        bytes,
                        offset,
                        capturedLength,
                        originalLength,
                        view);
        counters.add(outcome);
        if (outcome == DecodeOutcome.DECODED) {
            take(interfaces.shippedIndex(interfaceIndex), timeNs, false);
        }
        while (decoder.hasNext()) {
            takeNext(interfaces.shippedIndex(interfaceIndex), timeNs);
        }
        moveClock(timeNs);
    }

    /** Takes a packet that came beside others in one frame: counted as those in tunnels are. */
    private void takeNext(int interfaceIndex, long timeNs) {
        counters.addDecapsulated();
        DecodeOutcome outcome = decoder.decodeNext(view);
        counters.add(outcome);
        if (outcome == DecodeOutcome.DECODED) {
            take(interfaceIndex, timeNs, true);
        }
    }

    /**
     * Live only, when all that was captured has been read: moves the clock to {@code newClockNs},
     * unless it is there already, and sends what is due. Where the wall clock was set back, the
     * capture clock stands still until it has caught up and nothing becomes due: then everything is
     * sent each time.
     */
    public void idle(long newClockNs) {
        if (newClockNs < 0 || newClockNs > MAX_TIME_NS) {
            return;
        }
        if (newClockNs >= minuteEndNs) {
            enterMinuteOf(newClockNs);
        }
        moveClock(newClockNs);
        if (clockNs - newClockNs > punctuationIntervalNs) {
            sendUnfinished();
        }
    }

    /**
     * Ends the capture and with it the minute: sends what is unfinished and an end marker to every
     * partition of both topics. A capture file that is not read to its end is ended by {@link
     * #discard} instead.
     *
     * @param lastOfAll nothing follows from any gateway, see {@code BatchHead.FLAG_LAST_OF_ALL}
     */
    public void endOfCapture(boolean lastOfAll) {
        fragments.clear();
        sendUnfinished();
        int flags = BatchHead.FLAG_END_OF_CAPTURE | (lastOfAll ? BatchHead.FLAG_LAST_OF_ALL : 0);
        for (PartitionBatch batch : packetPartitions) {
            send(batch, clockNs, flags);
        }
        for (PartitionBatch batch : dnsPartitions) {
            send(batch, clockNs, flags);
        }
        endMinute();
    }

    /**
     * Forgets what is unfinished, sends nothing and ends no minute: a capture file that was stopped
     * and is shipped again must make the same batches.
     *
     * @return packets that were not sent
     */
    public long discard() {
        return fragments.clear() + discard(packetPartitions) + discard(dnsPartitions);
    }

    private static long discard(PartitionBatch[] partitions) {
        long packets = 0;
        for (PartitionBatch batch : partitions) {
            packets += batch.packets();
            batch.clear();
        }
        return packets;
    }

    /** The capture clock, {@link BatchHead#NO_CLOCK} before the first frame. */
    public long clockNs() {
        return clockNs;
    }

    /** Batches of this topic and partition so far: the number of its next one. */
    public long nextSequence(BatchTopic topic, int partition) {
        return switch (topic) {
            case PACKETS -> packetPartitions[partition].sequence;
            case DNS -> dnsPartitions[partition].sequence;
        };
    }

    /** The first frame, or moment, of another minute: ends the one before. */
    private void enterMinuteOf(long timeNs) {
        if (clockNs != BatchHead.NO_CLOCK) {
            sendUnfinished();
            endMinute();
        }
        minute = timeNs / MINUTE_NS;
        minuteEndNs = (minute + 1) * MINUTE_NS;
    }

    private void endMinute() {
        minutes.minuteOver(minute, fragments.waitingFrames(), fragments.waitingDecapsulated());
    }

    /**
     * Takes the packet in the view and those in the tunnels that it carries.
     *
     * @param decapsulated it is counted beside the frame that carried it
     */
    private void take(int interfaceIndex, long timeNs, boolean decapsulated) {
        boolean inner = decapsulated;
        DecodeOutcome outcome = DecodeOutcome.DECODED;
        while (outcome == DecodeOutcome.DECODED) {
            if (view.isFragment()) {
                fragments.take(interfaceIndex, timeNs, Math.max(clockNs, timeNs), inner, view);
            } else {
                ship(interfaceIndex, timeNs, view, null);
            }
            if (!decapsulate || !decoder.enterTunnel(view)) {
                return;
            }
            counters.addDecapsulated();
            inner = true;
            outcome = decoder.decodeInner(view);
            counters.add(outcome);
        }
    }

    private void ship(int interfaceIndex, long timeNs, PacketView v, ExtensionEncoder fields) {
        if (ownTraffic.contains(v)) {
            counters.addOwnTraffic();
            return;
        }
        boolean fromB = !FlowDirectory.isFromA(v);
        Flow flow = directory.flowOf(v, fromB);
        FlowPath path = directory.pathOf(flow, fromB, interfaceIndex, v);
        filler.fill(v, flow, fromB, timeNs);
        WirePacket packet = filler.packet;
        if (fields != null) {
            packet.extensions = fields.bytes();
            packet.extensionsLength = fields.length();
        }
        PartitionBatch batch = flow.partition;
        makeRoom(batch, flow, PacketEncoder.maxLength(packet), timeNs);
        batch.add(flow, path, packet);
        if (batch.packets() >= settings.packetsPerBatch()) {
            send(batch, Math.max(clockNs, timeNs), 0);
        }
        if (v.oneWay) {
            report(timeNs, v);
        }
    }

    /** Tells the flow that an ICMP error quotes about it. */
    private void report(long timeNs, PacketView error) {
        long anomalies = quoted.read(error);
        if (anomalies == 0) {
            return;
        }
        PacketView v = quoted.view();
        Flow flow = directory.flowOf(v, !FlowDirectory.isFromA(v));
        makeRoom(flow.partition, flow, ReportEncoder.MAX_LENGTH, timeNs);
        flow.partition.addReport(flow, timeNs, anomalies);
    }

    /** Finishes the batch if what comes next has no place in it. */
    private void makeRoom(PartitionBatch batch, Flow flow, int bytes, long timeNs) {
        long clockWithPacket = Math.max(clockNs, timeNs);
        if (!batch.isEmpty()
                && (batch.dueNs <= clockWithPacket || !batch.hasRoomFor(flow, bytes))) {
            send(batch, clockNs, 0);
        }
        if (batch.isEmpty()) {
            batch.dueNs = clockWithPacket + intervalNs;
            nextDueNs = Math.min(nextDueNs, batch.dueNs);
        }
    }

    private void moveClock(long timeNs) {
        if (clockNs == BatchHead.NO_CLOCK) {
            startClock(timeNs);
        }
        if (timeNs > clockNs) {
            clockNs = timeNs;
            counters.clock(timeNs);
        }
        if (clockNs >= fragments.nextExpiryNs()) {
            fragments.expire(clockNs);
        }
        if (clockNs >= nextDueNs) {
            nextDueNs = Math.min(sendDue(packetPartitions), sendDue(dnsPartitions));
        }
    }

    /** Punctuations are counted from here on. */
    private void startClock(long timeNs) {
        long firstPunctuationNs = timeNs + punctuationIntervalNs;
        for (PartitionBatch batch : packetPartitions) {
            batch.dueNs = Math.min(batch.dueNs, firstPunctuationNs);
        }
        for (PartitionBatch batch : dnsPartitions) {
            batch.dueNs = Math.min(batch.dueNs, firstPunctuationNs);
        }
        nextDueNs = Math.min(nextDueNs, firstPunctuationNs);
    }

    /** Sends what is due here; returns when the next will be. */
    private long sendDue(PartitionBatch[] partitions) {
        long next = Long.MAX_VALUE;
        for (PartitionBatch batch : partitions) {
            if (batch.dueNs <= clockNs) {
                send(batch, clockNs, 0);
            }
            next = Math.min(next, batch.dueNs);
        }
        return next;
    }

    private void sendUnfinished() {
        for (PartitionBatch batch : packetPartitions) {
            sendUnfinished(batch);
        }
        for (PartitionBatch batch : dnsPartitions) {
            sendUnfinished(batch);
        }
    }

    private void sendUnfinished(PartitionBatch batch) {
        if (!batch.isEmpty()) {
            send(batch, clockNs, 0);
        }
    }

    private void send(PartitionBatch batch, long statedClockNs, int flags) {
        int packets = batch.packets();
        fillHead(batch, statedClockNs, flags);
        encoder.begin(head);
        batch.encodeTo(encoder, entry);
        encoder.finish();
        boolean taken =
                output.accept(
                        batch.topic, batch.partition, encoder.bytes(), encoder.length(), packets);
        if (taken) {
            counters.addShipped(packets, encoder.length());
        } else {
            counters.addQueueDropped(packets);
        }
        if (taken || packets > 0) {
            batch.sequence++;
        }
        batch.clear();
        batch.dueNs = statedClockNs + punctuationIntervalNs;
    }

    private void fillHead(PartitionBatch batch, long statedClockNs, int flags) {
        BatchHead h = head;
        h.flags = headFlags | flags;
        h.site = settings.site();
        h.gateway = settings.gateway();
        h.bootId = settings.bootId();
        h.sequence = batch.sequence;
        h.clockNs = statedClockNs;
        h.minute = minute;
        h.baseTimeNs = batch.baseTimeNs();
        h.captured = counters.captured();
        h.decapsulated = counters.decapsulated();
        h.kernelDropped = counters.kernelDropped();
        h.queueDropped = counters.queueDropped();
        h.undecodable = counters.undecodable();
        h.ignored = counters.ignored();
    }
}
