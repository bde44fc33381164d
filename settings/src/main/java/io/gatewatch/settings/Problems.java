package io.gatewatch.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a configuration, so that it is reported at once. */
public final class Problems {
    private final List<String> lines = new ArrayList<>();

    /** Adds {@code KEY is VALUE: ALLOWED}. */
    public void add(String key, Object value, String allowed) {
        lines.add(key + " is " + value + ": " + allowed);
    }

    /** Adds the problem unless {@code holds}. */
    public void require(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            add(key, value, allowed);
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
