package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.wire.Anomaly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/anomalies.md lists every name that a user can meet, and no other. */
class AnomaliesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "anomalies.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\|.*\\|.*\\|");

    @Test
    void shouldListEveryReasonForIgnoring() throws IOException {
        Stream<String> ofCapture =
                Stream.of(
                        CaptureCounters.BAD_TIMESTAMP_REASON,
                        CaptureCounters.OWN_TRAFFIC_REASON,
                        CaptureCounters.FRAGMENT_WITHOUT_FIRST_REASON);

        assertThat(namesUnder("## Ignored"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(reasons(DecodeOutcome.Kind.IGNORED), ofCapture).toList());
    }

    @Test
    void shouldListEveryReasonForNotDecoding() throws IOException {
        assertThat(namesUnder("## Undecodable"))
                .containsExactlyInAnyOrderElementsOf(
                        reasons(DecodeOutcome.Kind.UNDECODABLE).toList());
    }

    @Test
    void shouldListEveryAnomaly() throws IOException {
        assertThat(namesUnder("## Anomalies of sessions"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Anomaly.values()).map(Anomaly::text).toList());
    }

    private static Stream<String> reasons(DecodeOutcome.Kind kind) {
        return Arrays.stream(DecodeOutcome.values())
                .filter(outcome -> outcome.kind() == kind)
                .map(DecodeOutcome::reason);
    }

    /** The first column of the table under a heading. */
    private static List<String> namesUnder(String heading) throws IOException {
        List<String> names = new ArrayList<>();
        boolean under = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("#")) {
                under = line.equals(heading);
            }
            Matcher row = ROW.matcher(line);
            if (under && row.matches()) {
                names.add(row.group(1));
            }
        }
        return names;
    }
}
