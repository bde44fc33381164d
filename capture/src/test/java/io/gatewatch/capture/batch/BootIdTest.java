package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootIdTest {
    private static final int KIB = 1024;

    @TempDir Path directory;
    private final byte[] content = new byte[300 * KIB];
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) ((i * 31) >>> 3);
        }
        file = Files.write(directory.resolve("a.pcap"), content);
    }

    private static long id(SettingsBuilder settings, Path... files) throws IOException {
        return BootId.ofFiles(settings.build(), "1.0", List.of(files));
    }

    private long id() throws IOException {
        return id(new SettingsBuilder(), file);
    }

    @Test
    void shouldBeTheSameForTheSameFileUnderAnotherName() throws IOException {
        Path copy = Files.copy(file, directory.resolve("b.pcap"));

        assertThat(id(new SettingsBuilder(), copy)).isEqualTo(id());
    }

    @Test
    void shouldNotDependOnTheBootIdInTheSettings() throws IOException {
        BatchSettings settings = new SettingsBuilder().build();

        assertThat(BootId.ofFiles(settings.withBootId(99), "1.0", List.of(file))).isEqualTo(id());
    }

    @Test
    void shouldDifferWithEverySettingThatShapesABatch() throws IOException {
        Map<String, SettingsBuilder> variants = new LinkedHashMap<>();
        variants.put("packet partitions", new SettingsBuilder().partitions(2, 1));
        variants.put("DNS partitions", new SettingsBuilder().partitions(1, 2));
        variants.put("interval", new SettingsBuilder().intervalMs(201));
        variants.put("packets per batch", new SettingsBuilder().packetsPerBatch(501));
        variants.put("identity", new SettingsBuilder().packetIdentity());
        variants.put("client packets", new SettingsBuilder().clientPayload(15, 1500, 16 * KIB));
        variants.put("client bytes", new SettingsBuilder().clientPayload(16, 1499, 16 * KIB));
        variants.put("client total", new SettingsBuilder().clientPayload(16, 1500, 15 * KIB));
        variants.put("server packets", new SettingsBuilder().serverPayload(5, 4 * KIB));
        variants.put("server total", new SettingsBuilder().serverPayload(4, 5 * KIB));
        variants.put("VLAN in key", new SettingsBuilder().keyVlan());
        variants.put("live", new SettingsBuilder().live());
        variants.put("flows", new SettingsBuilder().maxFlows(5));
        variants.put("datagrams", new SettingsBuilder().fragments(4095, 4096 * KIB));
        variants.put("fragment bytes", new SettingsBuilder().fragments(4096, 4095 * KIB));

        for (Map.Entry<String, SettingsBuilder> variant : variants.entrySet()) {
            assertThat(id(variant.getValue(), file)).as(variant.getKey()).isNotEqualTo(id());
        }
    }

    @Test
    void shouldDifferWithGatewaySiteAndVersion() throws IOException {
        BatchSettings settings = BatchSettings.defaults("home", "gw-1", 0);
        long id = BootId.ofFiles(settings, "1.0", List.of(file));

        assertThat(BootId.ofFiles(settings, "1.1", List.of(file))).isNotEqualTo(id);
        BatchSettings otherGateway = BatchSettings.defaults("home", "gw-2", 0);
        assertThat(BootId.ofFiles(otherGateway, "1.0", List.of(file))).isNotEqualTo(id);
        BatchSettings otherSite = BatchSettings.defaults("office", "gw-1", 0);
        assertThat(BootId.ofFiles(otherSite, "1.0", List.of(file))).isNotEqualTo(id);
    }

    @Test
    void shouldDifferWithSizeBeginningAndEnd() throws IOException {
        long id = id();

        Files.write(file, Arrays.copyOf(content, content.length - 1));
        assertThat(id()).isNotEqualTo(id);

        Files.write(file, changed(64 * KIB - 1));
        assertThat(id()).isNotEqualTo(id);

        Files.write(file, changed(content.length - 64 * KIB));
        assertThat(id()).isNotEqualTo(id);

        Files.write(file, content);
        assertThat(id()).isEqualTo(id);
    }

    private byte[] changed(int at) {
        byte[] changed = content.clone();
        changed[at]++;
        return changed;
    }

    @Test
    void shouldDifferWithTheOrderAndNumberOfFiles() throws IOException {
        Path other = Files.write(directory.resolve("b.pcap"), new byte[] {1, 2, 3});
        SettingsBuilder settings = new SettingsBuilder();

        assertThat(id(settings, file, other)).isNotEqualTo(id(settings, other, file));
        assertThat(id(settings, file, file)).isNotEqualTo(id(settings, file));
    }

    @Test
    void shouldTakeFilesSmallerThanASample() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        Path small = Files.write(directory.resolve("small"), new byte[] {7});

        assertThat(id(new SettingsBuilder(), empty)).isNotEqualTo(id(new SettingsBuilder(), small));
    }

    @Test
    void shouldBeRandomForWhatCannotBeReadTwice() throws IOException {
        Path device = Path.of("/dev/null");

        assertThat(id(new SettingsBuilder(), device))
                .isNotEqualTo(id(new SettingsBuilder(), device));
        assertThat(BootId.random()).isNotEqualTo(BootId.random());
    }

    @Test
    void shouldFailForAFileThatIsNotThere() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> id(new SettingsBuilder(), missing))
                .isInstanceOf(NoSuchFileException.class);
    }
}
