package io.gatewatch.capture.batch;

import java.time.Duration;

/** Batch settings for a test: the defaults, but for what it names. */
final class SettingsBuilder {
    static final long BOOT_ID = 0x1122334455667788L;

    private final BatchSettings.Builder settings =
            BatchSettings.builder("home", "gw-1").bootId(BOOT_ID);

    SettingsBuilder partitions(int packets, int dns) {
        settings.partitions(packets, dns);
        return this;
    }

    SettingsBuilder intervalMs(long milliseconds) {
        settings.interval(Duration.ofMillis(milliseconds));
        return this;
    }

    SettingsBuilder packetsPerBatch(int packets) {
        settings.packetsPerBatch(packets);
        return this;
    }

    SettingsBuilder packetIdentity() {
        settings.packetIdentity(true);
        return this;
    }

    SettingsBuilder clientPayload(int packets, int bytesEach, int bytesInAll) {
        settings.clientPayload(packets, bytesEach, bytesInAll);
        return this;
    }

    SettingsBuilder serverPayload(int packets, int bytesInAll) {
        settings.serverPayload(packets, bytesInAll);
        return this;
    }

    SettingsBuilder maxFlows(int flows) {
        settings.maxFlows(flows);
        return this;
    }

    SettingsBuilder fragments(int datagrams, int bytes) {
        settings.fragments(datagrams, bytes);
        return this;
    }

    SettingsBuilder keyVlan() {
        settings.keyVlan(true);
        return this;
    }

    SettingsBuilder keepEncapsulated() {
        settings.decapsulate(false);
        return this;
    }

    SettingsBuilder live() {
        settings.file(false);
        return this;
    }

    BatchSettings build() {
        return settings.build();
    }
}
