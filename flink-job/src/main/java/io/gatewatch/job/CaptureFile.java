package io.gatewatch.job;

import io.gatewatch.capture.LinkTypeCheck;
import io.gatewatch.capture.file.CaptureFormatException;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One input of {@code analyze}: reads it and says what is wrong with it. Not thread safe. */
final class CaptureFile implements CaptureReader {
    private static final String STANDARD_INPUT_NAME = "stdin";

    private final String file;
    private final CaptureReader reader;
    private long frames;

    private CaptureFile(String file, CaptureReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /**
     * Opens the input.
     *
     * @throws CommandFailure if it is no capture, or none of which anything can be read
     */
    static CaptureFile open(String file) {
        CaptureFile opened;
        try {
            opened = new CaptureFile(file, openReader(file));
        } catch (NoSuchFileException e) {
            throw CommandFailure.input(file + ": no such file");
        } catch (AccessDeniedException e) {
            throw CommandFailure.input(file + ": permission denied");
        } catch (IOException e) {
            throw CommandFailure.input(file + ": " + e.getMessage());
        }
        opened.requireLinkType();
        return opened;
    }

    private static CaptureReader openReader(String file) throws IOException {
        if (file.equals(AnalyzeCommand.STANDARD_INPUT)) {
            return CaptureReader.open(System.in);
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new CaptureFormatException("is a directory, not a capture");
        }
        return CaptureReader.open(path);
    }

    /** The input as its user named it. */
    String file() {
        return file;
    }

    /** The last part of its name. */
    String name() {
        return baseName(file);
    }

    /** The last part of its name, for the folder of its results. */
    static String baseName(String file) {
        return file.equals(AnalyzeCommand.STANDARD_INPUT)
                ? STANDARD_INPUT_NAME
                : Path.of(file).toAbsolutePath().normalize().getFileName().toString();
    }

    /**
     * Asks for a link type that can be decoded, once an interface is known.
     *
     * @throws CommandFailure if there are interfaces and none has one
     */
    void requireLinkType() {
        Optional<String> problem = LinkTypeCheck.problem(reader.interfaces());
        if (problem.isPresent()) {
            throw CommandFailure.input(file + ": " + problem.get());
        }
    }

    /** What its user should know although it could be read, or nothing. */
    List<String> warnings() {
        List<String> lines = new ArrayList<>();
        if (reader.warning() != null) {
            lines.add(file + ": " + reader.warning());
        } else if (frames == 0) {
            lines.add(file + ": no packets in it");
        }
        for (CaptureInterface captured : reader.interfaces()) {
            if (!PacketDecoder.supports(captured.linkType())) {
                lines.add(
                        file
                                + ": interface "
                                + captured.name()
                                + " is left out: link type "
                                + captured.linkType()
                                + " is not supported");
            }
        }
        return lines;
    }

    @Override
    public boolean next(CapturedFrame frame) throws IOException {
        boolean any = reader.next(frame);
        if (any) {
            frames++;
        }
        return any;
    }

    @Override
    public boolean frameBuffered() throws IOException {
        return reader.frameBuffered();
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return reader.interfaces();
    }

    @Override
    public String warning() {
        return reader.warning();
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    public long size() {
        return reader.size();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
