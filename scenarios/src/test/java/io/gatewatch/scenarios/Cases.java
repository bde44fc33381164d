package io.gatewatch.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scenarios: {@code cases/NAME/} holds {@code NAME.pcap}, {@code expected-sessions.jsonl}, a
 * README and, where a DNS message can be read, {@code expected-dns.jsonl}.
 */
final class Cases {
    static final String EXPECTED = "expected-sessions.jsonl";
    static final String EXPECTED_DNS = "expected-dns.jsonl";

    private Cases() {}

    static Path folder() {
        return Checkout.root().resolve("scenarios/cases");
    }

    /** Every case's capture, by name. */
    static List<Path> captures() throws IOException {
        try (Stream<Path> cases = Files.list(folder())) {
            return cases.filter(Files::isDirectory).map(Cases::capture).sorted().toList();
        }
    }

    /** The recorded capture that the demo plays. */
    static Path bundled() {
        return Checkout.root().resolve("demo/src/main/resources/io/gatewatch/demo/home.pcap.gz");
    }

    private static Path capture(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(".pcap"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(folder + ": no capture"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
