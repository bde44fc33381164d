package io.gatewatch.agent;

import io.gatewatch.capture.CaptureFile;
import io.gatewatch.capture.UnreadableCaptureException;
import io.gatewatch.capture.file.CaptureInput;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.settings.CommandFailure;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The capture files of a run: opened together, refused together, merged by time. */
final class InputFiles implements Closeable {
    private final List<CaptureFile> opened = new ArrayList<>();
    private CaptureInput input;

    private InputFiles() {}

    /**
     * Opens all files.
     *
     * @throws CommandFailure naming each that cannot be read, and why
     */
    static InputFiles open(List<String> names) throws IOException {
        InputFiles files = new InputFiles();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                files.opened.add(CaptureFile.open(name, new FileInputStream(FileDescriptor.in)));
            } catch (UnreadableCaptureException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            for (CaptureFile each : files.opened) {
                each.close();
            }
            throw CommandFailure.input(String.join("; ", problems));
        }
        files.input = new CaptureInput(List.copyOf(files.opened));
        return files;
    }

    CaptureReader input() {
        return input;
    }

    /** One line for each file none of whose interfaces, as far as it was read, can be decoded. */
    List<String> unsupported() {
        return opened.stream().flatMap(file -> file.linkTypeProblem().stream()).toList();
    }

    /** What the user should know of the files that could be read. */
    List<String> warnings() {
        return opened.stream()
                .filter(file -> file.linkTypeProblem().isEmpty())
                .flatMap(file -> file.warnings().stream())
                .toList();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
