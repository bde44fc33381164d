package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the encoder does not write, since no reader would take it. */
class BatchEncoderTest {
    private final BatchEncoder encoder = new BatchEncoder();
    private final SampleBatch sample = new SampleBatch();
    private final SampleBatch.Flow flow = new SampleBatch.Flow();

    @BeforeEach
    void fillABatchThatIsSound() {
        sample.head.site = "home";
        sample.head.gateway = "gw-1";
        sample.head.interfaces.add(new CaptureInterface("eth0", 1));
        flow.entry.protocol = 17;
        flow.entry.ipVersion = 4;
        flow.entry.addressBLow = 1;
        flow.entry.paths.add(new FlowPath(0, FlowPath.NO_MAC, FlowPath.NO_MAC, 0, 0, null));
        flow.packets.add(new WirePacket());
        flow.packets.get(0).ipLength = 28;
        flow.packets.get(0).transportHeaderLength = 8;
        sample.flows.add(flow);
    }

    @Test
    void shouldWriteWhatIsSound() throws WireFormatException {
        assertThat(SampleBatch.decode(sample.encode()).text()).isEqualTo(sample.text());
    }

    @Test
    void shouldRefuseHeadsThatNoReaderTakes() {
        refuse(head -> head.site = "", "site is empty");
        refuse(head -> head.gateway = "ü".repeat(128), "gateway takes more than 255 bytes: 256");
        refuse(head -> head.flags = 0x10, "unknown batch flags 16");
        refuse(head -> head.sequence = -1, "negative sequence number -1");
        refuse(head -> head.queueDropped = -1, "negative counter -1");
        refuse(
                head -> head.interfaces.add(new CaptureInterface("x", 0x10000)),
                "link type out of range: 65536");
    }

    private static void refuse(Consumer<BatchHead> spoil, String message) {
        BatchHead head = new BatchHead();
        head.site = "home";
        head.gateway = "gw-1";
        spoil.accept(head);
        assertThatThrownBy(() -> new BatchEncoder().begin(head))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseFlowsWithoutPacketsOrPaths() {
        encoder.begin(sample.head);

        assertThatThrownBy(() -> encoder.flow(flow.entry, 0, 0)).hasMessage("packets in a flow: 0");
        flow.entry.paths.clear();
        assertThatThrownBy(() -> encoder.flow(flow.entry, 1, 3)).hasMessage("paths of a flow: 0");
    }

    @Test
    void shouldRefuseReportsOutOfOrder() {
        ReportEncoder reports = new ReportEncoder();
        reports.add(2, 0, 1);

        assertThatThrownBy(() -> reports.add(1, 0, 1)).hasMessage("report position 1 behind 2");
    }

    @Test
    void shouldRefuseToFinishBeforeAllPacketBytesCame() {
        encoder.begin(sample.head);
        encoder.flow(flow.entry, 1, 3);
        encoder.packets(new byte[] {0, 0}, 0, 2);

        assertThatThrownBy(encoder::finish)
                .hasMessage("1 packet bytes of the last flow are missing");
    }

    @Test
    void shouldRefuseATailThatIsNotWhole() {
        flow.packets.get(0).tail = new byte[5];
        flow.packets.get(0).tailLength = 5;

        assertThatThrownBy(sample::encode).hasMessage("tail of 5 bytes: must be 0 or 8");
    }
}
