package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcOptionsTest {
    private static final String URL = "jdbc:mysql://db.example:3306/gatewatch";

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://localhost/a, a",
        "jdbc:mysql://10.0.0.1:3307/gate_watch?useSSL=true, gate_watch",
        "jdbc:mysql://[2001:db8::1]:3306/x, x"
    })
    void shouldAcceptUrlsWithADatabase(String url, String database) {
        JdbcOptions options = JdbcOptions.of(url, "user", "secret");
        Problems problems = new Problems();

        options.validate(problems);

        assertThat(problems.lines()).isEmpty();
        assertThat(options.databaseName()).isEqualTo(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://localhost:3306/",
                "jdbc:mysql://localhost:3306",
                "jdbc:mariadb://localhost/x",
                "localhost:3306/x",
                "jdbc:mysql:// /x",
                ""
            })
    void shouldRefuseOtherUrls(String url) {
        Problems problems = new Problems();

        JdbcOptions.of(url, "user", "secret").validate(problems);

        assertThat(problems.lines())
                .containsExactly(
                        "--jdbc-url is " + url + ": must be jdbc:mysql://HOST:PORT/DATABASE");
    }

    @Test
    void shouldPreferThePasswordFile(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("password"), "from file\nanother line\n");
        JdbcOptions options = JdbcOptions.of(URL, "user", "from environment");

        String before = options.password();
        options.passwordFile = file;

        assertThat(before).isEqualTo("from environment");
        assertThat(options.password()).isEqualTo("from file");
    }

    @Test
    void shouldRefuseAPasswordFileThatIsMissing(@TempDir Path dir) {
        JdbcOptions options = JdbcOptions.of(URL, "user", null);
        options.passwordFile = dir.resolve("missing");
        Problems problems = new Problems();

        options.validate(problems);

        assertThat(problems.lines()).singleElement().asString().contains("--jdbc-password-file");
        assertThatThrownBy(options::password).isInstanceOf(CommandFailure.class);
    }

    @ParameterizedTest(name = "error {0}: exit code {1}, {2}")
    @CsvSource({
        "1045, 2, refuses user reader",
        "1698, 2, refuses user reader",
        "1049, 2, CREATE DATABASE gatewatch",
        "1044, 2, GRANT ALL ON gatewatch.* TO 'reader'@'%'",
        "0, 1, db.example:3306 cannot be reached: the cause"
    })
    void shouldSayWhatIsMissing(int errorCode, int exitCode, String part) {
        SQLException cause =
                new SQLException(
                        "link failure\nin two lines",
                        "08S01",
                        errorCode,
                        new IOException("the cause"));

        CommandFailure failure = JdbcOptions.of(URL, "reader", "secret").failure(cause);

        assertThat(failure.exitCode()).isEqualTo(exitCode);
        assertThat(failure.getMessage()).contains(part).doesNotContain("secret");
    }
}
