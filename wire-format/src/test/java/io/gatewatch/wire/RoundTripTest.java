package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.FuzzBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What was written is what is read, whatever it is. */
class RoundTripTest {
    private static final int BATCHES = 400;

    private final FuzzBytes fuzz = FuzzBytes.forTest(RoundTripTest.class);
    private final RandomBatch random = new RandomBatch(fuzz.random());

    @Test
    void shouldReadEveryFieldAsItWasWritten() throws WireFormatException {
        int packets = 0;
        for (int i = 0; i < BATCHES; i++) {
            SampleBatch batch = random.next();
            byte[] bytes = batch.encode();

            SampleBatch read = SampleBatch.decode(bytes);

            assertThat(read.text()).as("seed %d, batch %d", fuzz.seed(), i).isEqualTo(batch.text());
            assertThat(read.encode()).as("seed %d, batch %d", fuzz.seed(), i).isEqualTo(bytes);
            packets += batch.head.packetCount;
        }
        assertThat(packets).isGreaterThan(BATCHES);
    }

    @Test
    void shouldReadAFlowBlockOutsideOfItsBatch() throws WireFormatException {
        for (int i = 0; i < BATCHES / 10; i++) {
            SampleBatch batch = random.next();
            byte[] bytes = batch.encode();
            PacketBatch view = new PacketBatch();
            view.wrap(bytes, 0, bytes.length);
            SampleBatch read = new SampleBatch();
            read.head.flowCount = batch.flows.size();

            while (view.nextFlow()) {
                FlowBlock inside = view.flow();
                byte[] alone =
                        Arrays.copyOfRange(
                                bytes, inside.offset(), inside.offset() + inside.length());
                FlowBlock block = new FlowBlock();
                block.wrap(
                        alone,
                        0,
                        alone.length,
                        view.head().baseTimeNs,
                        view.head().has(BatchHead.FLAG_PACKET_IDENTITY));
                read.flows.add(SampleBatch.decodeFlow(block));
            }

            assertThat(flowLines(read)).as("seed %d", fuzz.seed()).isEqualTo(flowLines(batch));
        }
    }

    private static String flowLines(SampleBatch batch) throws WireFormatException {
        String text = batch.text();
        int flows = text.indexOf("\nflow ");
        return flows < 0 ? "" : text.substring(flows);
    }

    @Test
    void shouldStartEachBatchAnewInOneEncoder() throws WireFormatException {
        SampleBatch first = random.next();
        SampleBatch second = random.next();
        BatchEncoder encoder = new BatchEncoder();
        encoder.begin(first.head);
        encoder.finish();

        encoder.begin(second.head);
        encoder.finish();

        second.flows.clear();
        second.extensions = WirePacket.NO_BYTES;
        assertThat(SampleBatch.decode(encoder.toByteArray()).text()).isEqualTo(second.text());
    }
}
