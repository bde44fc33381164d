package io.gatewatch.agent.capture;

import io.gatewatch.settings.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** The interfaces that libpcap can capture on. */
public final class Interfaces {
    private Interfaces() {}

    /** One line for each: name, state, addresses, description. */
    public static List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (PcapNetworkInterface each : all()) {
            StringJoiner line = new StringJoiner("  ");
            line.add("%-16s".formatted(each.getName()));
            line.add("%-4s".formatted(each.isUp() ? "up" : "down"));
            each.getAddresses().stream()
                    .filter(address -> address.getAddress() != null)
                    .forEach(address -> line.add(address.getAddress().getHostAddress()));
            if (each.getDescription() != null) {
                line.add("(" + each.getDescription() + ")");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    static List<String> names() {
        return all().stream().map(PcapNetworkInterface::getName).toList();
    }

    private static List<PcapNetworkInterface> all() {
        try {
            return Pcaps.findAllDevs();
        } catch (PcapNativeException e) {
            throw CommandFailure.failed(
                    "cannot list interfaces: " + CaptureFailures.message(e, "unknown reason"));
        } catch (LinkageError e) {
            throw CaptureFailures.noLibrary(e);
        }
    }
}
