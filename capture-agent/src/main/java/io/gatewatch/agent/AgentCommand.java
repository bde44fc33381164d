package io.gatewatch.agent;

import io.gatewatch.agent.capture.Interfaces;
import io.gatewatch.agent.config.AgentOptions;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.Problems;
import io.gatewatch.settings.StopSignal;
import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * {@code gatewatch agent}: captures packets on a gateway, or reads capture files, and ships them.
 */
@CommandLine.Command(
        name = "agent",
        description = "Captures packets and ships their headers and payload prefixes to Kafka.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatewatch agent --interface eth0 --kafka kafka:9092 --gateway branch-7",
            "  gatewatch agent --interface lan0,lan1 --bpf 'not port 22' --kafka kafka:9092 --gateway g1"
                    + " --site office",
            "  gatewatch agent --read monday.pcap tuesday.pcapng.gz --kafka kafka:9092 --gateway lab",
            "  gatewatch agent --list-interfaces",
            "",
            "SIGTERM and Ctrl-C stop capture, deliver what was captured and print the totals; exit code"
                    + " 0 after",
            "SIGTERM, 130 after Ctrl-C, 1 if something could not be delivered in time."
        })
public final class AgentCommand implements Command {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @CommandLine.Option(
            names = "--list-interfaces",
            help = true,
            description = "List the interfaces that can be captured on, then exit.")
    boolean listInterfaces;

    @CommandLine.Mixin AgentOptions options;
    @CommandLine.Mixin CommonOptions common;

    public static void main(String[] args) {
        StopSignal.exitUntilOnStop();
        CommandRunner.main(new AgentCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        if (!listInterfaces) {
            options.validate(problems);
        }
    }

    @Override
    public int run() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (listInterfaces) {
            Interfaces.describe().forEach(out::println);
            return ExitCode.OK;
        }
        return new Agent(options, out, spec.commandLine().getErr()).run();
    }
}
