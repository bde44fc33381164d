package io.gatewatch.settings;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every command has; mixed in with {@code @Mixin}. */
public final class CommonOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read options from a YAML file: one key per long option.")
    Path config;

    @Option(
            names = "--check-config",
            description = "Check options and configuration file, then exit.")
    boolean checkConfig;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    boolean version;
}
