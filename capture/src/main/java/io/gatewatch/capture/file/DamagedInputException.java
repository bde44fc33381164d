package io.gatewatch.capture.file;

import java.io.IOException;

/**
 * The packed input cannot be unpacked any further. What came before it is good. The message is one
 * line for the user.
 */
final class DamagedInputException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedInputException(String message) {
        super(message);
    }
}
