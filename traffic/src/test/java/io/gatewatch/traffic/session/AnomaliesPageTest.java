package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/anomalies.md lists every anomaly of a whole session, and no other. */
class AnomaliesPageTest {
    private static final String HEADING = "## Anomalies of TCP sessions";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|.*\\|.*\\|$");

    @Test
    void shouldListEveryAnomaly() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "anomalies.md"));
        assertThat(page).contains(HEADING);
        String section = page.substring(page.indexOf(HEADING) + HEADING.length());
        assertThat(ROW.matcher(section).results().map((MatchResult row) -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SessionAnomaly.values()).map(SessionAnomaly::text).toList());
    }
}
