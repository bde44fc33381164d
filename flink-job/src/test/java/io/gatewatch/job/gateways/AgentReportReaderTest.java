package io.gatewatch.job.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.ledger.HeadCounters;
import io.gatewatch.job.ledger.LedgerKey;
import io.gatewatch.job.ledger.MinuteFigures;
import io.gatewatch.job.ledger.MinuteReport;
import io.gatewatch.job.ledger.MinuteReportSerializer;
import io.gatewatch.job.ledger.TopicSequences;
import io.gatewatch.testing.FuzzBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentReportReaderTest {
    private static final long APPENDED_MS = Instant.parse("2026-01-01T00:00:10Z").toEpochMilli();
    private static final String HEARTBEAT =
            """
            {"type":"heartbeat","site":"home","gateway":"gw-1","version":"1.2.3",
             "boot":"fedcba9876543210","time":"2026-01-01T00:00:09.250Z",
             "clock":"2026-01-01T00:00:08.123456789Z",
             "interfaces":[{"name":"eth0","link_type":1}],
             "counters":{"captured":100,"decapsulated":3,"shipped":90,"shipped_batches":7,
               "shipped_bytes":4000,"kernel_dropped":1,"queue_dropped":2,"own_traffic":4,
               "undecodable":{"bad_ipv4_header":2,"truncated_vlan_header":1},
               "ignored":{"not_ip":5}},
             "future":{"nested":[1,{"deep":true}]}}
            """;

    private static final String MINUTE =
            """
            {"type":"minute","site":"home","gateway":"gw-1","boot":"0000000000000abc",
             "counters":{"captured":100,"decapsulated":3,"shipped":90,"kernel_dropped":1,
               "queue_dropped":2,"own_traffic":4,"undecodable":{"truncated_tcp_header":2},
               "ignored":{"not_ip":5}},
             "minute":"2026-01-01T00:07:00Z",
             "in_minute":{"captured":20,"decapsulated":1,"shipped":9,"kernel_dropped":5,
               "queue_dropped":4,"own_traffic":3,"undecodable":{"truncated_tcp_header":2},
               "ignored":{"not_ip":3},"future":[{}]},
             "last_sequences":{"gatewatch.packets":[4,-1],"gatewatch.dns":[-1,7],"other":{}}}
            """;

    @Test
    void shouldReadAHeartbeat() throws IOException {
        GatewayRow row = read(HEARTBEAT);

        assertThat(row.gateway).isEqualTo("gw-1");
        assertThat(row.site).isEqualTo("home");
        assertThat(row.version).isEqualTo("1.2.3");
        assertThat(row.bootId).isEqualTo(0xFEDC_BA98_7654_3210L);
        assertThat(row.lastReport).isEqualTo("heartbeat");
        assertThat(row.seenMs).isEqualTo(APPENDED_MS);
        assertThat(row.clockSkewMs).isEqualTo(-750);
        assertThat(row.captureClockNs).isEqualTo(1_767_225_608_123_456_789L);
        assertThat(row.interfaces).isEqualTo("[{\"name\":\"eth0\",\"link_type\":1}]");
        assertThat(row.captured).isEqualTo(100);
        assertThat(row.shipped).isEqualTo(90);
        assertThat(row.kernelDropped).isEqualTo(1);
        assertThat(row.ownTraffic).isEqualTo(4);
        assertThat(row.undecodable).isEqualTo(3);
        assertThat(row.ignored).isEqualTo(5);
        assertThat(row.counters).startsWith("{\"captured\":100,").endsWith("{\"not_ip\":5}}");
    }

    @Test
    void shouldReadAReportFromBeforeTheFirstPacket() throws IOException {
        GatewayRow row = read("{\"gateway\":\"g\",\"clock\":null}");

        assertThat(row.captureClockNs).isEqualTo(GatewayRow.NO_CLOCK);
    }

    @Test
    void shouldKeepARowThroughTheShuffle() throws IOException {
        GatewayRow row = read(HEARTBEAT);
        DataOutputSerializer out = new DataOutputSerializer(64);

        new GatewayRowSerializer().serialize(row, out);

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(new GatewayRowSerializer().deserialize(in))
                .usingRecursiveComparison()
                .isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[1]",
                "{",
                "{}",
                "{\"site\":\"without a gateway\"}",
                "{\"gateway\":\"g\",\"time\":\"yesterday\"}",
                "{\"gateway\":\"g\",\"boot\":\"not hex\"}",
                "{\"gateway\":\"g\",\"counters\":{\"captured\":\"many\"}}"
            })
    void shouldRefuseWhatIsNoReport(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseOrReadWhateverComes() {
        FuzzBytes fuzz = FuzzBytes.forTest(getClass());
        for (int i = 0; i < 5_000; i++) {
            String text = i % 2 == 0 ? HEARTBEAT : MINUTE;
            byte[] bytes = fuzz.mutate(text.getBytes(UTF_8));
            try {
                assertThat(AgentReportReader.read(bytes, APPENDED_MS).row().gateway).isNotEmpty();
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("Exception");
            }
        }
    }

    @Test
    void shouldReadWhatWasCountedInAMinute() throws IOException {
        MinuteReport report = readMinute(MINUTE);

        assertThat(report.key()).isEqualTo(new LedgerKey("home", "gw-1", 0xABC));
        assertThat(report.minute())
                .isEqualTo(Instant.parse("2026-01-01T00:07:00Z").getEpochSecond() / 60);
        MinuteFigures figures = report.figures();
        assertThat(figures.captured()).isEqualTo(20);
        assertThat(figures.decapsulated()).isEqualTo(1);
        assertThat(figures.shipped()).isEqualTo(9);
        assertThat(figures.kernelDropped()).isEqualTo(5);
        assertThat(figures.queueDropped()).isEqualTo(4);
        assertThat(figures.ownTraffic()).isEqualTo(3);
        assertThat(figures.leftOut()).isEqualTo(Map.of("truncated_tcp_header", 2L, "not_ip", 3L));
        assertThat(figures.total()).isEqualTo(new HeadCounters(100, 3, 1, 2, 2, 5));
        TopicSequences last = new TopicSequences();
        last.raise(BatchTopic.PACKETS, 0, 4);
        last.raise(BatchTopic.DNS, 1, 7);
        assertThat(figures.last()).isEqualTo(last);
    }

    @Test
    void shouldKeepAMinuteThroughTheShuffle() throws IOException {
        MinuteReport report = readMinute(MINUTE);
        DataOutputSerializer out = new DataOutputSerializer(64);

        new MinuteReportSerializer().serialize(report, out);

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(new MinuteReportSerializer().deserialize(in)).isEqualTo(report);
    }

    @Test
    void shouldHaveNoMinuteOfOtherReportsAndOfAgentsThatDoNotSay() throws IOException {
        assertThat(readMinute(HEARTBEAT)).isNull();
        assertThat(readMinute(MINUTE.replace("\"in_minute\"", "\"other\""))).isNull();
        assertThat(readMinute(MINUTE.replace("\"minute\":\"2026", "\"other\":\"2026"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026-01-01T00:07:00Z|1969-12-31T23:59:59Z",
                "2026-01-01T00:07:00Z|+9999-01-01T00:00:00Z",
                "\"shipped\":9|\"shipped\":-1",
                "\"shipped\":9|\"shipped\":9007199254740993",
                "\"shipped\":9|\"shipped\":\"many\"",
                "\"not_ip\"|\"Not IP\"",
                "\"not_ip\"|\"captured\"",
                "\"not_ip\"|\"\"",
                "[4,-1]|{}",
                "[4,-1]|[4,\"x\"]",
                "[4,-1]|[4,9999999999999999999]",
                "{\"not_ip\":3}|7"
            })
    void shouldRefuseMinutesThatCannotBe(String good, String bad) {
        assertThat(MINUTE).contains(good);

        assertThatThrownBy(() -> readMinute(MINUTE.replace(good, bad)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldBoundReasonsAndPartitions() {
        StringBuilder reasons = new StringBuilder("\"r\":1");
        for (int i = 0; i < 200; i++) {
            reasons.append(",\"r").append(i).append("\":1");
        }
        String partitions = "0,".repeat(TopicSequences.MAX_PARTITIONS) + "0";

        assertThatThrownBy(() -> readMinute(MINUTE.replace("\"not_ip\":3", reasons)))
                .hasMessageContaining("reasons");
        assertThatThrownBy(() -> readMinute(MINUTE.replace("4,-1", partitions)))
                .hasMessageContaining("partitions");
    }

    private static MinuteReport readMinute(String text) throws IOException {
        return AgentReportReader.read(text.getBytes(UTF_8), APPENDED_MS).minute();
    }

    private static GatewayRow read(String text) throws IOException {
        return AgentReportReader.read(text.getBytes(UTF_8), APPENDED_MS).row();
    }
}
