package io.gatewatch.job.sink.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSorterTest {
    private static final int LINES = 3_000;

    @TempDir private Path folder;

    @ParameterizedTest(name = "in memory up to {0} bytes: {1} runs at most")
    @CsvSource({"100000000, 0", "100000, 4", "1000, 64"})
    void shouldSortByTimeThenIdWithinItsMemory(long memoryLimitBytes, int runs) throws IOException {
        List<SortedLine> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(line(i));
        }
        Collections.shuffle(lines, new Random(7));

        try (LineSorter sorter = new LineSorter(folder, memoryLimitBytes)) {
            for (SortedLine line : lines) {
                sorter.add(line);
            }
            assertThat(sorter.runs()).isLessThanOrEqualTo(runs);
            assertThat(sorter.runs() > 0).isEqualTo(runs > 0);

            assertThat(written(sorter)).isEqualTo(expected());
        }
    }

    private static SortedLine line(int place) {
        byte[] id = new byte[16];
        // The upper half counts as greater: ids are unsigned.
        id[0] = (byte) (place % 3 * 100);
        id[1] = (byte) place;
        return new SortedLine(place / 3, id, (place + "\n").getBytes(UTF_8));
    }

    private static String expected() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            text.append(i).append('\n');
        }
        return text.toString();
    }

    private static String written(LineSorter sorter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sorter.writeTo(out);
        return out.toString(UTF_8);
    }

    @Test
    void shouldLeaveNoFilesBehind() throws IOException {
        try (LineSorter sorter = new LineSorter(folder, 1)) {
            sorter.add(line(1));
            sorter.add(line(2));
            assertThat(files()).isNotEmpty();
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void shouldLeaveNoFilesBehindWhenWritten() throws IOException {
        try (LineSorter sorter = new LineSorter(folder, 1)) {
            sorter.add(line(1));

            written(sorter);

            assertThat(files()).isEmpty();
        }
    }

    @Test
    void shouldWriteNothingOfNothing() throws IOException {
        try (LineSorter sorter = new LineSorter(folder, 1)) {
            assertThat(written(sorter)).isEmpty();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
