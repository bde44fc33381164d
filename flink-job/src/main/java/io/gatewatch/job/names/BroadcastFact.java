package io.gatewatch.job.names;

import io.gatewatch.dns.names.NameFact;

/** What every subtask of the naming step has to know, of whatever kind. */
public sealed interface BroadcastFact {
    /** A DNS answer named an address. */
    record Name(NameFact fact) implements BroadcastFact {}
}
