package io.gatewatch.capture.batch;

import java.time.Duration;

/** Batch settings for a test: the defaults, but for what it names. */
final class SettingsBuilder {
    static final long BOOT_ID = 0x1122334455667788L;

    private int packetPartitions = 1;
    private int dnsPartitions = 1;
    private Duration interval = Duration.ofMillis(200);
    private int packetsPerBatch = 500;
    private boolean packetIdentity;
    private int clientPayloadPackets = 16;
    private int clientPayloadBytes = 1500;
    private int clientPayloadTotal = 16 * 1024;
    private int serverPayloadPackets = 4;
    private int serverPayloadTotal = 4 * 1024;
    private int maxFlows = 1 << 18;
    private boolean file = true;
    private boolean keyVlan;

    SettingsBuilder partitions(int packets, int dns) {
        packetPartitions = packets;
        dnsPartitions = dns;
        return this;
    }

    SettingsBuilder intervalMs(long milliseconds) {
        interval = Duration.ofMillis(milliseconds);
        return this;
    }

    SettingsBuilder packetsPerBatch(int packets) {
        packetsPerBatch = packets;
        return this;
    }

    SettingsBuilder packetIdentity() {
        packetIdentity = true;
        return this;
    }

    SettingsBuilder clientPayload(int packets, int bytesEach, int bytesInAll) {
        clientPayloadPackets = packets;
        clientPayloadBytes = bytesEach;
        clientPayloadTotal = bytesInAll;
        return this;
    }

    SettingsBuilder serverPayload(int packets, int bytesInAll) {
        serverPayloadPackets = packets;
        serverPayloadTotal = bytesInAll;
        return this;
    }

    SettingsBuilder maxFlows(int flows) {
        maxFlows = flows;
        return this;
    }

    SettingsBuilder keyVlan() {
        keyVlan = true;
        return this;
    }

    SettingsBuilder live() {
        file = false;
        return this;
    }

    BatchSettings build() {
        return new BatchSettings(
                "home",
                "gw-1",
                BOOT_ID,
                file,
                packetPartitions,
                dnsPartitions,
                interval,
                packetsPerBatch,
                Duration.ofSeconds(5),
                packetIdentity,
                clientPayloadPackets,
                clientPayloadBytes,
                clientPayloadTotal,
                serverPayloadPackets,
                serverPayloadTotal,
                maxFlows,
                keyVlan);
    }
}
