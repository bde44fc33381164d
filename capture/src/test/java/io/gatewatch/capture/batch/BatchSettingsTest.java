package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSettingsTest {
    @Test
    void shouldHaveTheDocumentedDefaults() {
        BatchSettings settings = BatchSettings.defaults("home", "gw-1", 7);

        assertThat(settings.interval()).hasMillis(200);
        assertThat(settings.punctuationInterval()).hasSeconds(5);
        assertThat(settings.packetsPerBatch()).isEqualTo(500);
        assertThat(settings.clientPayloadPackets()).isEqualTo(16);
        assertThat(settings.clientPayloadBytes()).isEqualTo(1_500);
        assertThat(settings.clientPayloadTotal()).isEqualTo(16 * 1024);
        assertThat(settings.serverPayloadPackets()).isEqualTo(4);
        assertThat(settings.serverPayloadTotal()).isEqualTo(4 * 1024);
        assertThat(settings.maxFlows()).isEqualTo(131_072);
        assertThat(settings.maxDatagrams()).isEqualTo(4_096);
        assertThat(settings.maxFragmentBytes()).isEqualTo(4 * 1024 * 1024);
    }

    @Test
    void shouldNameEveryValueThatIsOutOfRange() {
        SettingsBuilder wrong =
                new SettingsBuilder()
                        .partitions(0, 10_001)
                        .intervalMs(0)
                        .packetsPerBatch(-3)
                        .clientPayload(-1, 1, 1)
                        .maxFlows(0)
                        .fragments(0, -1);

        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("packetPartitions is 0: must be 1 to 10000")
                .hasMessageContaining("dnsPartitions is 10001: must be 1 to 10000")
                .hasMessageContaining("interval is PT0S: must be 1ms to 60s")
                .hasMessageContaining("packetsPerBatch is -3: must be 1 to 100000")
                .hasMessageContaining("clientPayloadPackets is -1: must be 0 to 10000")
                .hasMessageContaining("maxFlows is 0: must be 1 to 67108864")
                .hasMessageContaining("maxDatagrams is 0: must be 1 to 1048576")
                .hasMessageContaining("maxFragmentBytes is -1: must be 0 to 1073741824");
    }

    @Test
    void shouldRefuseNamesThatTheWireDoesNotTake() {
        String tooLong = "ü".repeat(128);

        assertThatThrownBy(() -> BatchSettings.defaults("", tooLong, 7))
                .hasMessageContaining("site is '': must be 1 to 255 bytes of UTF-8")
                .hasMessageContaining("gateway is '" + tooLong + "': must be 1 to 255 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" office", "office ", "of\u001b[2Jfice", "a\nb", "a\u0085b", "a\u202eb"})
    void shouldRefuseNamesThatATerminalWouldNotShow(String name) {
        assertThat(BatchLimits.isName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"office", "Büro 2", "x", "東京"})
    void shouldTakeNamesInAnyScript(String name) {
        assertThat(BatchLimits.isName(name)).isTrue();
    }

    @Test
    void shouldChangeNothingButTheBootId() {
        BatchSettings settings = BatchSettings.defaults("home", "gw-1", 7);

        assertThat(settings.withBootId(8)).isEqualTo(BatchSettings.defaults("home", "gw-1", 8));
    }

    @Test
    void shouldPutNoVlanIntoTheKeyUnlessAsked() {
        BatchSettings settings = BatchSettings.defaults("home", "gw-1", 7);

        assertThat(settings.keyVlan()).isFalse();
        assertThat(settings.withKeyVlan(true).keyVlan()).isTrue();
        assertThat(settings.withKeyVlan(true).withKeyVlan(false)).isEqualTo(settings);
    }
}
