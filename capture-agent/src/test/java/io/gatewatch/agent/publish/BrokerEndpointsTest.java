package io.gatewatch.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.OwnTraffic.Endpoint;
import io.gatewatch.topics.KafkaOptions;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerEndpointsTest {
    private final KafkaOptions kafka = new KafkaOptions();

    @Test
    void shouldKnowBrokersThatItWasToldAndSuchThatItLearned() {
        kafka.bootstrapServers = "192.0.2.1:9092, [2001:db8::5]:9093";

        assertThat(
                        BrokerEndpoints.resolve(
                                kafka,
                                List.of(InetSocketAddress.createUnresolved("192.0.2.7", 9094))))
                .containsExactlyInAnyOrder(
                        new Endpoint(4, 0, 0xC0000201L, 9092),
                        new Endpoint(6, 0x20010db8_00000000L, 5, 9093),
                        new Endpoint(4, 0, 0xC0000207L, 9094));
    }

    @Test
    void shouldLeaveOutNamesThatDoNotResolve() {
        kafka.bootstrapServers = "no-such-host.invalid:9092,192.0.2.1:9092";

        assertThat(BrokerEndpoints.resolve(kafka, List.of()))
                .containsExactly(new Endpoint(4, 0, 0xC0000201L, 9092));
    }
}
