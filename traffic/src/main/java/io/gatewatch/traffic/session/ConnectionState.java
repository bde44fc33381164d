package io.gatewatch.traffic.session;

/**
 * Zeek's {@code conn_state} of a TCP session: S0 S1 SF REJ S2 S3 RSTO RSTR RSTOS0 RSTRH SH SHR OTH.
 * Derived from how far each side has come; client is the originator.
 */
final class ConnectionState {
    private ConnectionState() {}

    static String of(SessionState state) {
        DirectionState client = state.client();
        DirectionState server = state.server();
        EndpointState origin = client.endpoint;
        EndpointState responder = server.endpoint;
        if (responder == EndpointState.RESET) {
            return resetByServer(client, server);
        }
        if (origin == EndpointState.RESET) {
            return resetByClient(state, responder);
        }
        if (origin == EndpointState.CLOSED) {
            if (responder == EndpointState.CLOSED) {
                return "SF";
            }
            return neverOpened(responder) ? "SH" : "S2";
        }
        if (responder == EndpointState.CLOSED) {
            return neverOpened(origin) ? "SHR" : "S3";
        }
        if (origin == EndpointState.SYN_SENT && responder == EndpointState.INACTIVE) {
            return "S0";
        }
        if (origin == EndpointState.ESTABLISHED && responder == EndpointState.ESTABLISHED) {
            return "S1";
        }
        return "OTH";
    }

    private static String resetByServer(DirectionState client, DirectionState server) {
        EndpointState origin = client.endpoint;
        boolean nothingSent = client.payloadBytes == 0 && server.payloadBytes == 0;
        if (origin == EndpointState.SYN_SENT
                || origin == EndpointState.SYN_ACK_SENT
                || (origin == EndpointState.RESET && nothingSent)) {
            return "REJ";
        }
        return neverOpened(origin) ? "RSTRH" : "RSTR";
    }

    private static String resetByClient(SessionState state, EndpointState responder) {
        if (!neverOpened(responder)) {
            return "RSTO";
        }
        return isSynThenReset(state) ? "RSTOS0" : "OTH";
    }

    private static boolean neverOpened(EndpointState endpoint) {
        return endpoint == EndpointState.INACTIVE || endpoint == EndpointState.PARTIAL;
    }

    /** A SYN of the client, then its RST, and nothing of its own in between that says more. */
    private static boolean isSynThenReset(SessionState state) {
        int at = state.historyLength > 0 && state.history[0] == '^' ? 1 : 0;
        if (at >= state.historyLength || state.history[at] != 'S') {
            return false;
        }
        for (int i = at + 1; i < state.historyLength; i++) {
            switch (state.history[i]) {
                case 'R' -> {
                    return true;
                }
                case 'H', 'A', 'F', 'G', 'I', 'Q' -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }
}
