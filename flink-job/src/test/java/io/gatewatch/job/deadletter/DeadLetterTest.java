package io.gatewatch.job.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.source.RecordHeader;
import io.gatewatch.job.source.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final byte[] VALUE = {1, 2, 3};

    @Test
    void shouldSayWhereARecordCameFromAndWhy() {
        DeadLetter letter =
                DeadLetter.of(record(VALUE, RecordHeader.text("gateway", "attic")), "too short");

        assertThat(letter.key()).isEqualTo("gatewatch.packets-3-77");
        assertThat(letter.value()).isSameAs(VALUE);
        assertThat(headers(letter))
                .containsExactly(
                        "gateway=attic",
                        "origin=topic gatewatch.packets",
                        "partition=3",
                        "offset=77",
                        "reason=too short");
    }

    @Test
    void shouldKeepThatARecordHadNoValue() {
        assertThat(DeadLetter.of(record(null), "no value").value()).isNull();
    }

    @Test
    void shouldCutWhatTheTopicWouldNotTake() {
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 9);

        DeadLetter letter =
                DeadLetter.of(
                        record(
                                large,
                                RecordHeader.text("first", "kept"),
                                new RecordHeader("huge", large),
                                new RecordHeader("n".repeat(100_000), null)),
                        "r".repeat(1_000_000));

        assertThat(size(letter)).isLessThan(1_000_000);
        assertThat(letter.value()).hasSize(900_000).containsOnly(9);
        assertThat(headers(letter)).contains("first=kept", "length=3000000");
    }

    @Test
    void shouldNameTheTableOfARow() {
        DeadLetter letter = DeadLetter.ofRow("sessions", "ab-5", VALUE, "Data too long");

        assertThat(letter.key()).isEqualTo("sessions-ab-5");
        assertThat(headers(letter))
                .containsExactly("origin=table sessions", "reason=Data too long");
    }

    private static TopicRecord record(byte[] value, RecordHeader... headers) {
        return new TopicRecord("gatewatch.packets", 3, 77, 1_000, value, List.of(headers));
    }

    private static List<String> headers(DeadLetter letter) {
        return letter.headers().stream()
                .map(header -> header.name() + "=" + header.text())
                .toList();
    }

    private static int size(DeadLetter letter) {
        int size = letter.key().length() + letter.value().length;
        for (RecordHeader header : letter.headers()) {
            size += header.name().getBytes(StandardCharsets.UTF_8).length;
            size += header.value() == null ? 0 : header.value().length;
        }
        return size;
    }
}
