package io.gatewatch.settings;

/** The program's version, from the manifest of its jar. */
public final class Version {
    private Version() {}

    /** The version, or {@code development} where classes run outside of a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version != null ? version : "development";
    }
}
