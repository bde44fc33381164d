package io.gatewatch.capture;

import java.io.IOException;

/** An input that nothing can be read from; the message is one line, the input's name in front. */
public final class UnreadableCaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableCaptureException(String message) {
        super(message);
    }
}
