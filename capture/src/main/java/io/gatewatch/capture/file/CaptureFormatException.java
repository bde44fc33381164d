package io.gatewatch.capture.file;

import java.io.IOException;

/**
 * An input that is not a readable capture; the message is one line for its user, without the file's
 * name.
 */
public final class CaptureFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public CaptureFormatException(String message) {
        super(message);
    }
}
