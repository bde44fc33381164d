package io.gatewatch.capture;

import io.gatewatch.capture.file.CaptureFormatException;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One input that a user has named: reads it, and says in the user's terms what is wrong with it.
 * Agent and {@code analyze} thereby say the same. Not thread safe.
 */
public final class CaptureFile implements CaptureReader {
    /** Names standard input. */
    public static final String STANDARD_INPUT = "-";

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
     * @param standardInput read where the name is {@value #STANDARD_INPUT}
     * @throws UnreadableCaptureException if it is no capture, or states link types of which none
     *     can be decoded
     */
    public static CaptureFile open(String file, InputStream standardInput)
            throws UnreadableCaptureException {
        CaptureFile opened = new CaptureFile(file, openReader(file, standardInput));
        Optional<String> problem = opened.linkTypeProblem();
        if (problem.isPresent()) {
            opened.closeQuietly();
            throw new UnreadableCaptureException(problem.get());
        }
        return opened;
    }

    private static CaptureReader openReader(String file, InputStream standardInput)
            throws UnreadableCaptureException {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return CaptureReader.open(standardInput);
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new CaptureFormatException("is a directory, not a capture");
            }
            return CaptureReader.open(path);
        } catch (NoSuchFileException e) {
            throw new UnreadableCaptureException(file + ": no such file");
        } catch (AccessDeniedException e) {
            throw new UnreadableCaptureException(file + ": permission denied");
        } catch (InvalidPathException e) {
            throw new UnreadableCaptureException(
                    file + ": not a file name in this locale: " + e.getReason());
        } catch (IOException e) {
            throw new UnreadableCaptureException(file + ": " + e.getMessage());
        }
    }

    /** Nothing was read from it that could be lost. */
    private void closeQuietly() {
        try {
            reader.close();
        } catch (IOException e) {
            return;
        }
    }

    /** The input as its user named it. */
    public String file() {
        return file;
    }

    /** The last part of its name. */
    public String name() {
        return baseName(file);
    }

    /** The last part of an input's name, for the folder of its results. */
    public static String baseName(String file) {
        if (file.equals(STANDARD_INPUT)) {
            return STANDARD_INPUT_NAME;
        }
        try {
            Path name = Path.of(file).toAbsolutePath().normalize().getFileName();
            return name == null ? file : name.toString();
        } catch (InvalidPathException e) {
            return file; // opening it says what is wrong
        }
    }

    /**
     * One line if interfaces are known and none has a link type that can be decoded. A pcapng may
     * state them late: to be asked again at the end.
     */
    public Optional<String> linkTypeProblem() {
        return LinkTypeCheck.problem(reader.interfaces()).map(problem -> file + ": " + problem);
    }

    /** What its user should know although it could be read, or nothing; asked at the end. */
    public List<String> warnings() {
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
        boolean any;
        try {
            any = reader.next(frame);
        } catch (IOException e) {
            throw new UnreadableCaptureException(file + ": " + e.getMessage());
        }
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
