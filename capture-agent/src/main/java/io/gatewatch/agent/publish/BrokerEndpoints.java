package io.gatewatch.agent.publish;

import io.gatewatch.capture.batch.OwnTraffic;
import io.gatewatch.topics.KafkaOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Addresses and ports that the agent talks to Kafka at: those it was told and those it learned. */
public final class BrokerEndpoints {
    private static final int IPV4_LENGTH = 4;

    private BrokerEndpoints() {}

    /** All addresses of all hosts; a name that does not resolve now is left out. */
    public static Set<OwnTraffic.Endpoint> resolve(
            KafkaOptions kafka, List<InetSocketAddress> brokers) {
        List<InetSocketAddress> all = new ArrayList<>(brokers);
        for (String server : kafka.bootstrapServers.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            String host = server.substring(0, colon).strip().replaceAll("^\\[|\\]$", "");
            int port = Integer.parseInt(server.substring(colon + 1).strip());
            all.add(InetSocketAddress.createUnresolved(host, port));
        }
        Set<OwnTraffic.Endpoint> endpoints = new LinkedHashSet<>();
        for (InetSocketAddress each : all) {
            addAddresses(each, endpoints);
        }
        return endpoints;
    }

    private static void addAddresses(InetSocketAddress host, Set<OwnTraffic.Endpoint> endpoints) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host.getHostString())) {
                endpoints.add(endpoint(address, host.getPort()));
            }
        } catch (UnknownHostException e) {
            return; // the client cannot reach it by this name either
        }
    }

    private static OwnTraffic.Endpoint endpoint(InetAddress address, int port) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        if (bytes.remaining() == IPV4_LENGTH) {
            return new OwnTraffic.Endpoint(4, 0, bytes.getInt() & 0xFFFFFFFFL, port);
        }
        return new OwnTraffic.Endpoint(6, bytes.getLong(), bytes.getLong(), port);
    }
}
