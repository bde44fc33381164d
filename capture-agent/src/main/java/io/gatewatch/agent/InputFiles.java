package io.gatewatch.agent;

import io.gatewatch.capture.LinkTypeCheck;
import io.gatewatch.capture.file.CaptureInput;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.settings.CommandFailure;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The capture files of a run: opened together, refused together, merged by time. */
final class InputFiles implements Closeable {
    static final Path STANDARD_INPUT = Path.of("-");

    /** A file and what reads it. */
    private record Opened(Path path, CaptureReader reader) {}

    private final List<Opened> opened = new ArrayList<>();
    private CaptureInput input;

    private InputFiles() {}

    /**
     * Opens all files.
     *
     * @throws CommandFailure naming each that cannot be read, and why
     */
    static InputFiles open(List<Path> paths) throws IOException {
        InputFiles files = new InputFiles();
        List<String> problems = new ArrayList<>();
        for (Path path : paths) {
            try {
                files.opened.add(new Opened(path, open(path)));
            } catch (NoSuchFileException e) {
                problems.add(path + ": no such file");
            } catch (IOException e) {
                problems.add(path + ": " + e.getMessage());
            }
        }
        problems.addAll(files.unsupported());
        if (!problems.isEmpty()) {
            for (Opened each : files.opened) {
                each.reader.close();
            }
            throw CommandFailure.input(String.join("; ", problems));
        }
        files.input = new CaptureInput(files.opened.stream().map(Opened::reader).toList());
        return files;
    }

    private static CaptureReader open(Path path) throws IOException {
        return path.equals(STANDARD_INPUT)
                ? CaptureReader.open(new FileInputStream(FileDescriptor.in))
                : CaptureReader.open(path);
    }

    CaptureReader input() {
        return input;
    }

    /** One line for each file none of whose interfaces, as far as it was read, can be decoded. */
    List<String> unsupported() {
        List<String> lines = new ArrayList<>();
        for (Opened each : opened) {
            LinkTypeCheck.problem(each.reader.interfaces())
                    .ifPresent(problem -> lines.add(each.path + ": " + problem));
        }
        return lines;
    }

    /** One line for each file that ended early. */
    List<String> warnings() {
        List<String> lines = new ArrayList<>();
        for (Opened each : opened) {
            if (each.reader.warning() != null) {
                lines.add(each.path + ": " + each.reader.warning());
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
