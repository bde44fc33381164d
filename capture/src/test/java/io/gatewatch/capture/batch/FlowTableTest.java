package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.wire.FlowPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final int NO_VLAN = FlowPath.NO_VLAN;
    private static final long NUMBERS = FlowTable.numbers(17, 4, 1, 2, NO_VLAN);

    private static Flow find(FlowTable table, long address) {
        long hash = table.hash(0, address, 0, 1, NUMBERS);
        return table.find(hash, 0, address, 0, 1, NUMBERS);
    }

    private static Flow add(FlowTable table, long address) {
        if (table.isFull()) {
            assertThat(table.evict()).isTrue();
        }
        return table.add(table.hash(0, address, 0, 1, NUMBERS), 0, address, 0, 1, NUMBERS);
    }

    @Test
    void shouldFindWhatWasAddedAndNothingElse() {
        FlowTable table = new FlowTable(100_000);
        List<Flow> flows = new ArrayList<>();

        for (long address = 0; address < 50_000; address++) {
            assertThat(find(table, address)).isNull();
            flows.add(add(table, address));
        }

        for (int address = 0; address < 50_000; address++) {
            assertThat(find(table, address)).isSameAs(flows.get(address));
        }
        assertThat(table.size()).isEqualTo(50_000);
    }

    @Test
    void shouldTellKeysApartThatDifferInOnePart() {
        FlowTable table = new FlowTable(100);
        long[][] keys = {
            {1, 2, 3, 4, FlowTable.numbers(6, 6, 5, 6, NO_VLAN)},
            {9, 2, 3, 4, FlowTable.numbers(6, 6, 5, 6, NO_VLAN)},
            {1, 9, 3, 4, FlowTable.numbers(6, 6, 5, 6, NO_VLAN)},
            {1, 2, 9, 4, FlowTable.numbers(6, 6, 5, 6, NO_VLAN)},
            {1, 2, 3, 9, FlowTable.numbers(6, 6, 5, 6, NO_VLAN)},
            {1, 2, 3, 4, FlowTable.numbers(17, 6, 5, 6, NO_VLAN)},
            {1, 2, 3, 4, FlowTable.numbers(6, 4, 5, 6, NO_VLAN)},
            {1, 2, 3, 4, FlowTable.numbers(6, 6, 6, 6, NO_VLAN)},
            {1, 2, 3, 4, FlowTable.numbers(6, 6, 5, 5, NO_VLAN)},
            {1, 2, 3, 4, FlowTable.numbers(6, 6, 5, 6, 0)},
            {1, 2, 3, 4, FlowTable.numbers(6, 6, 5, 6, 4095)},
        };

        for (long[] k : keys) {
            long hash = table.hash(k[0], k[1], k[2], k[3], k[4]);
            assertThat(table.find(hash, k[0], k[1], k[2], k[3], k[4])).isNull();
            table.add(hash, k[0], k[1], k[2], k[3], k[4]);
        }

        assertThat(table.size()).isEqualTo(keys.length);
    }

    @Test
    void shouldUnpackTheNumbersOfAKey() {
        FlowTable table = new FlowTable(1);
        long numbers = FlowTable.numbers(255, 6, 65_535, 1, 4_095);

        Flow flow = table.add(table.hash(1, 2, 3, 4, numbers), 1, 2, 3, 4, numbers);

        assertThat(flow.protocol()).isEqualTo(255);
        assertThat(flow.ipVersion()).isEqualTo(6);
        assertThat(flow.portA()).isEqualTo(65_535);
        assertThat(flow.portB()).isEqualTo(1);
        assertThat(flow.keyVlan()).isEqualTo(4_095);
    }

    @Test
    void shouldEvictTheOldestOfThoseSeenOnce() {
        FlowTable table = new FlowTable(3);
        add(table, 1);
        add(table, 2);
        add(table, 3);

        add(table, 4);
        add(table, 5);

        assertThat(find(table, 1)).isNull();
        assertThat(find(table, 2)).isNull();
        assertThat(find(table, 3)).isNotNull();
        assertThat(find(table, 4)).isNotNull();
        assertThat(find(table, 5)).isNotNull();
    }

    @Test
    void shouldGiveASecondChanceToThoseSeenAgain() {
        FlowTable table = new FlowTable(3);
        add(table, 1);
        add(table, 2);
        add(table, 3);
        find(table, 1);

        add(table, 4);

        assertThat(find(table, 1)).isNotNull();
        assertThat(find(table, 2)).isNull();
    }

    @Test
    void shouldKeepLivingFlowsThroughAFloodOfOnePacketFlows() {
        FlowTable table = new FlowTable(1_000);
        for (long address = 0; address < 100; address++) {
            add(table, address);
        }

        for (long flood = 1_000; flood < 101_000; flood++) {
            add(table, flood);
            assertThat(find(table, flood % 100)).isNotNull();
        }
    }

    @Test
    void shouldKeepFlowsOfUnfinishedBatches() {
        FlowTable table = new FlowTable(2);
        add(table, 1).slice = new FlowSlice();
        add(table, 2);

        add(table, 3);

        assertThat(find(table, 1)).isNotNull();
        assertThat(find(table, 2)).isNull();
    }

    @Test
    void shouldSayWhenEveryFlowIsInAnUnfinishedBatch() {
        FlowTable table = new FlowTable(2);
        add(table, 1).slice = new FlowSlice();
        add(table, 2).slice = new FlowSlice();

        assertThat(table.evict()).isFalse();
        assertThat(table.isFull()).isTrue();
    }

    @Test
    void shouldForgetWhatAnEntryKnewOfItsLastFlow() {
        FlowTable table = new FlowTable(1);
        Flow first = add(table, 1);
        first.inEarlierBatch = true;
        first.wholePayload = true;
        first.quic = true;
        first.openedByB = true;
        first.latestTimeNs = 5;
        first.syn(false, 7);
        first.syn(true, 8);

        Flow second = add(table, 2);

        assertThat(second).isSameAs(first);
        Flow fresh = new Flow();
        fresh.reset();
        assertThat(second)
                .usingRecursiveComparison()
                .ignoringFields("addressALow", "addressBLow", "numbers", "tableHash")
                .isEqualTo(fresh);
    }

    /** Against a model: a map, and the hand played by the book. */
    @Test
    void shouldBehaveLikeItsModel() {
        Random random = FuzzBytes.forTest(FlowTableTest.class).random();
        int maxFlows = 3_000; // beyond the first size of the slots
        FlowTable table = new FlowTable(maxFlows);
        Map<Long, Flow> model = new HashMap<>();
        Map<Flow, Long> addressOf = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            long address = random.nextInt(6_000);
            Flow found = find(table, address);
            assertThat(found).isSameAs(model.get(address));
            if (found == null) {
                Flow added = add(table, address);
                Long evicted = addressOf.put(added, address);
                if (evicted != null) {
                    model.remove(evicted);
                }
                model.put(address, added);
            }
            assertThat(table.size()).isEqualTo(model.size()).isLessThanOrEqualTo(maxFlows);
        }
    }
}
