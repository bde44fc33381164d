package io.gatewatch.demo.database;

import java.io.IOException;

/** The port that the server was to listen on is in use. */
public final class PortTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
        super(message);
    }
}
