package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.wire.address.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowOrderTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 2, 10.0.0.2, 1", // the address decides
        "10.0.0.1, 1, 10.0.0.1, 2", // the port decides
        "127.0.0.1, 1, 128.0.0.1, 1", // unsigned
        "9.255.255.255, 1, 10.0.0.0, 1",
        "1::, 1, 8000::, 1", // unsigned, upper half
        "1::7fff:0:0:0, 1, 1::8000:0:0:0, 1", // unsigned, lower half
        "1::ffff:0:0:0, 9, 2::, 1",
    })
    void shouldPutTheSmallerEndFirst(String a, int portA, String b, int portB) {
        assertThat(sourceIsA(a, portA, b, portB)).isTrue();
        assertThat(sourceIsA(b, portB, a, portA)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void shouldTakeTheSourceWhereBothEndsAreTheSame(String address) {
        assertThat(sourceIsA(address, 5, address, 5)).isTrue();
    }

    private static boolean sourceIsA(String source, int from, String destination, int to) {
        IpAddress one = IpAddress.parse(source);
        IpAddress two = IpAddress.parse(destination);
        return FlowOrder.sourceIsA(one.high(), one.low(), from, two.high(), two.low(), to);
    }
}
