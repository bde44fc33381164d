package io.gatewatch.traffic.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the specification's reference implementation gives, with seed 0. */
class CommunityIdTest {
    private final CommunityId ids = new CommunityId();

    @ParameterizedTest(name = "{0}: {1} {2} to {3} {4}")
    @CsvSource({
        "17, 8.8.8.8, 53, 192.168.1.52, 54585, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
        "6, 66.35.250.204, 80, 128.232.110.120, 34855, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "6, 2001:470:e5bf:dead:4957:2174:e82c:4887, 63943, 2607:f8b0:400c:c03::1a, 25,"
                + " 1:/qFaeAR+gFe1KYjMzVDsMv+wgU4=",
        "1, 192.168.0.1, 0, 192.168.0.89, 8, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
        "1, 10.0.0.1, 11, 10.0.0.2, 0, 1:YHxtAirCG//0OzkcVAukqKQN9xM=",
        "58, fe80::200:86ff:fe05:80da, 135, fe80::260:97ff:fe07:69ea, 136,"
                + " 1:dGHyGvjMfljg6Bppwm3bg0LO8TY=",
        "58, 3ffe:501:1800:2345::2, 3, 3ffe:507:0:1:200:86ff:fe05:80da, 0,"
                + " 1:2ObVBgIn28oZvibYZhZMBgh7WdQ=",
        "132, 192.168.170.8, 7, 192.168.170.56, 7, 1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=",
        "46, 10.1.12.1, 0, 10.1.12.2, 0, 1:KHlLkgoJW7ifUTyTSgyVfkFHzKw="
    })
    void shouldNameFlowAsOthersDo(
            int protocol, String addressA, int portA, String addressB, int portB, String id) {
        FlowKey key = key(protocol, addressA, portA, addressB, portB);
        assertThat(ids.of(key)).isEqualTo(id);
        assertThat(ids.of(key)).as("once more").isEqualTo(id);
    }

    static FlowKey key(int protocol, String addressA, int portA, String addressB, int portB) {
        BigInteger a = address(addressA);
        BigInteger b = address(addressB);
        return new FlowKey(
                "home",
                FlowKey.NO_VLAN,
                protocol,
                addressA.contains(":") ? 6 : 4,
                a.shiftRight(64).longValue(),
                a.longValue(),
                b.shiftRight(64).longValue(),
                b.longValue(),
                portA,
                portB);
    }

    private static BigInteger address(String literal) {
        try {
            return new BigInteger(1, InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
