package io.gatewatch.agent.metrics;

import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.FileProblem;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Serves the counters on {@code http://HOST:PORT/metrics} in the format that Prometheus scrapes.
 */
public final class MetricsServer implements Closeable {
    private static final String PREFIX = "gatewatch_agent_";

    private final HTTPServer server;
    private final String address;

    private MetricsServer(HTTPServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts serving.
     *
     * @param address name or number of an address of this machine
     * @param port 0 for any that is free
     * @throws CommandFailure if the port is taken, or the address is not one of this machine
     */
    public static MetricsServer start(
            String address, int port, CaptureCounters counters, Supplier<Backlog> backlog) {
        PrometheusRegistry registry = new PrometheusRegistry();
        register(registry, counters, backlog);
        try {
            return new MetricsServer(
                    HTTPServer.builder()
                            .inetAddress(InetAddress.getByName(address))
                            .port(port)
                            .registry(registry)
                            .buildAndStart(),
                    address);
        } catch (UnknownHostException e) {
            throw CommandFailure.usage(
                    "--metrics-listen is " + address + ": must be an address of this machine");
        } catch (BindException e) {
            throw CommandFailure.usage(
                    "--metrics-port is "
                            + port
                            + ": cannot listen there on "
                            + address
                            + " (--metrics-listen): "
                            + FileProblem.reason(e));
        } catch (IOException e) {
            throw CommandFailure.failed("metrics cannot be served: " + FileProblem.reason(e));
        }
    }

    private static void register(
            PrometheusRegistry registry, CaptureCounters counters, Supplier<Backlog> backlog) {
        counter(registry, "captured_packets", "Frames read", counters::captured);
        counter(
                registry,
                "decapsulated_packets",
                "Packets found inside tunnels",
                counters::decapsulated);
        counter(
                registry,
                "evicted_datagrams",
                "Datagrams in fragments forgotten for others",
                counters::evictedDatagrams);
        counter(registry, "shipped_packets", "Packets in batches", counters::shippedPackets);
        counter(registry, "shipped_batches", "Finished batches", counters::shippedBatches);
        counter(registry, "shipped_bytes", "Bytes of batches", counters::shippedBytes);
        counter(registry, "flows", "Flows not seen before", counters::newFlows);
        counter(registry, "evicted_flows", "Flows forgotten for others", counters::evictedFlows);
        counter(
                registry,
                "failed_batches",
                "Batches that Kafka did not take",
                () -> backlog.get().failedBatches());
        byReason(registry, "dropped_packets", "Packets lost by reason", counters, null);
        byReason(
                registry,
                "undecodable_packets",
                "Frames that cannot be decoded by reason",
                counters,
                DecodeOutcome.Kind.UNDECODABLE);
        byReason(
                registry,
                "ignored_packets",
                "Frames left out by reason",
                counters,
                DecodeOutcome.Kind.IGNORED);
        gauge(registry, "remembered_flows", "Flows in the flow table", counters::rememberedFlows);
        gauge(
                registry,
                "waiting_fragments",
                "Fragments that wait for the first one of their datagram",
                counters::waitingFragments);
        gauge(
                registry,
                "undelivered_batches",
                "Batches not acknowledged yet",
                () -> backlog.get().batches());
        gauge(
                registry,
                "queued_bytes",
                "Bytes waiting for the producer",
                () -> backlog.get().queuedBytes());
    }

    private static void counter(
            PrometheusRegistry registry, String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    private static void gauge(
            PrometheusRegistry registry, String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    /** Without a kind: what was lost. */
    private static void byReason(
            PrometheusRegistry registry,
            String name,
            String help,
            CaptureCounters counters,
            DecodeOutcome.Kind kind) {
        CounterWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames("reason")
                .callback(
                        callback -> {
                            if (kind == null) {
                                callback.call(counters.kernelDropped(), "kernel");
                                callback.call(counters.queueDropped(), "queue");
                                return;
                            }
                            if (kind == DecodeOutcome.Kind.IGNORED) {
                                callback.call(
                                        counters.ownTraffic(), CaptureCounters.OWN_TRAFFIC_REASON);
                                callback.call(
                                        counters.badTimestamp(),
                                        CaptureCounters.BAD_TIMESTAMP_REASON);
                                callback.call(
                                        counters.fragmentWithoutFirst(),
                                        CaptureCounters.FRAGMENT_WITHOUT_FIRST_REASON);
                            }
                            for (DecodeOutcome outcome : DecodeOutcome.values()) {
                                if (outcome.kind() == kind) {
                                    callback.call(counters.count(outcome), outcome.reason());
                                }
                            }
                        })
                .register(registry);
    }

    /** Where it is served: address and port. */
    public String address() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port();
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
