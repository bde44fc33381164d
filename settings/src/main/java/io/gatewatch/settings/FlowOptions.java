package io.gatewatch.settings;

import picocli.CommandLine.Option;

/** What makes a flow: options that agent and {@code analyze} have in common. */
public final class FlowOptions {
    @Option(
            names = "--key-vlan",
            description =
                    "Packets of different VLANs belong to different sessions: the outermost VLAN"
                            + " becomes part of the key.")
    public boolean keyVlan;

    @Option(
            names = "--decapsulate",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Packets in tunnels (GRE, ERSPAN, IP in IP, Teredo, VXLAN, GENEVE, GTP-U) are"
                            + " packets of sessions of their own, beside the outer ones (default);"
                            + " or the outer ones alone.")
    public boolean decapsulate;
}
