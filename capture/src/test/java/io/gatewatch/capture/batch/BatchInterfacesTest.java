package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.wire.CaptureInterface;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchInterfacesTest {
    private final BatchInterfaces interfaces = new BatchInterfaces();

    @Test
    void shouldShipInterfacesAsTheyAre() {
        List<CaptureInterface> table =
                List.of(new CaptureInterface("eth0", 1), new CaptureInterface("", 101));

        interfaces.set(table);

        assertThat(interfaces.shipped()).isEqualTo(table);
        assertThat(interfaces.shippedIndex(1)).isEqualTo(1);
        assertThat(interfaces.linkType(1)).isEqualTo(101);
    }

    @Test
    void shouldHaveNoLinkTypeForAnInterfaceThatIsNotKnown() {
        interfaces.set(List.of(new CaptureInterface("eth0", 1)));

        assertThat(interfaces.linkType(1)).isNegative();
        assertThat(interfaces.linkType(-1)).isNegative();
    }

    @Test
    void shouldShipInterfacesBeyondTheBoundAsOne() {
        interfaces.set(
                IntStream.range(0, 5_000).mapToObj(i -> new CaptureInterface("i" + i, i)).toList());

        assertThat(interfaces.shipped()).hasSize(BatchInterfaces.MAX_SHIPPED + 1);
        assertThat(interfaces.shipped().get(BatchInterfaces.MAX_SHIPPED).name())
                .isEqualTo("others");
        assertThat(interfaces.shippedIndex(1_023)).isEqualTo(1_023);
        assertThat(interfaces.shippedIndex(1_024)).isEqualTo(1_024);
        assertThat(interfaces.shippedIndex(4_999)).isEqualTo(1_024);
        assertThat(interfaces.linkType(4_999)).isEqualTo(4_999);
    }

    @Test
    void shouldBoundTheNamesInAll() {
        interfaces.set(
                IntStream.range(0, 1_000)
                        .mapToObj(i -> new CaptureInterface("x".repeat(250), 1))
                        .toList());

        int bytes = interfaces.shipped().stream().mapToInt(i -> i.name().length()).sum();
        assertThat(bytes).isBetween(30_000, BatchInterfaces.MAX_SHIPPED_BYTES + 10);
        assertThat(interfaces.shippedIndex(999)).isEqualTo(interfaces.shipped().size() - 1);
    }

    @Test
    void shouldCutANameBetweenCharacters() {
        interfaces.set(List.of(new CaptureInterface("x" + "ü".repeat(200), 1)));

        assertThat(interfaces.shipped().get(0).name()).isEqualTo("x" + "ü".repeat(127));
    }
}
