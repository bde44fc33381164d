package io.gatewatch.agent.capture;

import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.wire.CaptureInterface;
import java.util.List;
import org.pcap4j.core.PcapNativeException;

/** What libpcap reports, as one line for the user that says what to do. */
final class CaptureFailures {
    private static final int NO_SUCH_DEVICE = -5;
    private static final int PERMISSION_DENIED = -8;
    private static final int NOT_UP = -9;
    private static final int PROMISCUOUS_DENIED = -11;

    private CaptureFailures() {}

    static CommandFailure noLibrary(LinkageError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new CommandFailure(
                ExitCode.USAGE,
                "live capture needs libpcap, which cannot be loaded; install it, on Debian and"
                        + " Ubuntu: apt-get install libpcap0.8 ("
                        + why
                        + ")",
                e);
    }

    static CommandFailure unknownInterface(String name, List<String> known) {
        return CommandFailure.usage(
                "--interface is "
                        + name
                        + ": no such interface; there is "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
    }

    static CommandFailure cannotOpen(String name, PcapNativeException e) {
        int code = e.getReturnCode() == null ? 0 : e.getReturnCode();
        return switch (code) {
            case PERMISSION_DENIED, PROMISCUOUS_DENIED -> noPermission(name);
            case NO_SUCH_DEVICE -> unknownInterface(name, List.of());
            case NOT_UP -> CommandFailure.usage("--interface is " + name + ": it is not up");
            default ->
                    CommandFailure.failed(
                            "cannot capture on " + name + ": " + message(e, "unknown reason"));
        };
    }

    private static CommandFailure noPermission(String name) {
        String java =
                ProcessHandle.current().info().command().orElse("the java that runs the agent");
        return CommandFailure.usage(
                "no permission to capture on "
                        + name
                        + ": run as root, or as a systemd service with"
                        + " AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN, or: setcap"
                        + " cap_net_raw,cap_net_admin+ep "
                        + java);
    }

    static CommandFailure badFilter(String filter, PcapNativeException e) {
        return CommandFailure.usage(
                "--bpf is '" + filter + "': not a filter: " + message(e, "see pcap-filter(7)"));
    }

    static CommandFailure unsupported(CaptureInterface captured) {
        return CommandFailure.usage(
                "--interface is "
                        + captured.name()
                        + ": its link type "
                        + captured.linkType()
                        + " is not supported");
    }

    static CommandFailure stopped(String name, String why) {
        return CommandFailure.failed("capture on " + name + " has stopped: " + why);
    }

    /** Without the wrapping of pcap4j: {@code Error occurred in pcap_loop(): …}. */
    static String message(PcapNativeException e, String otherwise) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? otherwise
                : message.replaceFirst("^Error occurred( in \\w+(\\(\\))?)?: ", "")
                        .replaceFirst(" ret(urn)?: ?-?\\d+$", "")
                        .strip();
    }
}
