package io.gatewatch.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir private Path folder;

    private static Report report(double cpuNs, String other) {
        Report report = new Report();
        report.machine().put("cores", "2");
        report.add(new Figure("job", "CPU", cpuNs, "ns/packet", 1_000_000, 2.5));
        report.add(new Figure("job", other, 1, "packets/s", 0, 0));
        report.remark("tshark is not installed");
        return report;
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        Path file = folder.resolve("figures.json");
        Report report = report(400.25, "rate");

        ReportFile.write(report, file);
        Report read = ReportFile.read(file);

        assertThat(read.figures()).isEqualTo(report.figures());
        assertThat(read.machine()).isEqualTo(report.machine());
        assertThat(read.remarks()).isEqualTo(report.remarks());
    }

    @Test
    void shouldRefuseAFileWithoutFigures() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{}");

        assertThatThrownBy(() -> ReportFile.read(file)).hasMessageContaining("no figures");
    }

    @Test
    void shouldPrintEveryFigureWithItsUnitAndWhatItStandsOn() {
        assertThat(ReportText.lines(report(400.25, "rate")))
                .anyMatch(line -> line.matches("job +CPU +400 +ns/packet +1,000,000 +2.50"))
                .contains("note: tshark is not installed");
    }

    @Test
    void shouldCompareFiguresOfTheSameName() {
        assertThat(ReportText.comparison(report(300, "rate"), report(400, "rate")))
                .anyMatch(line -> line.matches("job +CPU +400 +300 +0.75 +ns/packet"));
    }

    @Test
    void shouldNameFiguresThatOnlyOneRunHas() {
        assertThat(ReportText.comparison(report(300, "new"), report(400, "old")))
                .contains(
                        "note: only in this run: job / new",
                        "note: only in the run before: job / old");
    }

    @Test
    void shouldTellOfEveryFigureAsItIsMeasured() {
        StringBuilder told = new StringBuilder();
        Report report = new Report(figure -> told.append(ReportText.line(figure)));

        report.add(new Figure("job", "CPU", 400.25, "ns/packet", 1, 1));

        assertThat(told).hasToString("job / CPU: 400 ns/packet");
    }

    @Test
    void shouldKeepThreeDigits() {
        assertThat(ReportText.number(2_500_000.4)).isEqualTo("2,500,000");
        assertThat(ReportText.number(12.345)).isEqualTo("12.3");
        assertThat(ReportText.number(1.2345)).isEqualTo("1.23");
        assertThat(ReportText.number(0.0123)).isEqualTo("0.012");
        assertThat(ReportText.number(0)).isEqualTo("0");
    }
}
