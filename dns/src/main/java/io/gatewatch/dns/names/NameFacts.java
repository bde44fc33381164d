package io.gatewatch.dns.names;

import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsQuestion;
import io.gatewatch.dns.message.DnsRecord;
import io.gatewatch.wire.address.IpAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a response says about the names of addresses. An address belongs to the name that was asked
 * for, through chains of CNAME records in any order. Multicast answers, and reverse answers about
 * private addresses, tell everybody; what a multicast answer says counts of names and addresses of
 * the own network alone, and not when it takes them back with a TTL of 0 (RFC 6762 section 10.1).
 */
public final class NameFacts {
    /** Aliases that are followed from a name. */
    static final int MAX_ALIASES = 32;

    /**
     * Different names asked for in a message that count: one is usual (RFC 9619), and a message of
     * thousands with thousands of answers would be millions of facts.
     */
    static final int MAX_NAMES_ASKED = 4;

    private static final int QUERY = 0;

    private NameFacts() {}

    /**
     * Tells the facts of a message; of a query there are none.
     *
     * @param client who asked
     * @param local the answer came by multicast DNS or LLMNR
     */
    public static void of(
            DnsMessage message,
            String site,
            IpAddress client,
            boolean local,
            long timeNs,
            Consumer<NameFact> out) {
        if (!message.response() || message.opcode() != QUERY) {
            return;
        }
        if (local) {
            multicast(message.answers(), site, timeNs, out);
            return;
        }
        for (String asked : asked(message)) {
            of(message.answers(), asked, site, client, timeNs, out);
        }
        for (DnsRecord record : message.answers()) {
            reverse(record, site, timeNs, out);
        }
    }

    private static void multicast(
            List<DnsRecord> answers, String site, long timeNs, Consumer<NameFact> out) {
        Consumer<NameFact> ofOwnNetwork =
                fact -> {
                    if (isLocalName(fact.name()) || PrivateAddresses.contains(fact.address())) {
                        out.accept(fact);
                    }
                };
        for (DnsRecord record : answers) {
            if (record.ttl() > 0) {
                addresses(record, site, null, NameSource.MDNS, record.name(), timeNs, ofOwnNetwork);
                reverse(record, site, timeNs, out);
            }
        }
    }

    /** Under {@code .local} (RFC 6762 section 3), or of a single label (RFC 4795). */
    private static boolean isLocalName(String name) {
        return name.endsWith(".local") || name.indexOf('.') < 0;
    }

    /** In their order, each once. */
    private static Set<String> asked(DnsMessage message) {
        Set<String> names = new LinkedHashSet<>();
        for (DnsQuestion question : message.questions()) {
            if (names.size() == MAX_NAMES_ASKED) {
                break;
            }
            names.add(question.name());
        }
        return names;
    }

    private static void of(
            List<DnsRecord> answers,
            String asked,
            String site,
            IpAddress client,
            long timeNs,
            Consumer<NameFact> out) {
        Set<String> aliases = aliases(answers, asked);
        for (DnsRecord record : answers) {
            if (!aliases.contains(record.name())) {
                continue;
            }
            if (isAddress(record)) {
                addresses(record, site, client, NameSource.DNS, asked, timeNs, out);
            } else {
                String host = ServiceName.host(asked);
                addresses(record, site, client, NameSource.DNS_SVCB, host, timeNs, out);
            }
        }
    }

    private static boolean isAddress(DnsRecord record) {
        return record.type().equals("A") || record.type().equals("AAAA");
    }

    private static Set<String> aliases(List<DnsRecord> answers, String asked) {
        Set<String> aliases = new HashSet<>();
        aliases.add(asked);
        boolean more = true;
        while (more && aliases.size() < MAX_ALIASES) {
            more = false;
            for (DnsRecord record : answers) {
                if (record.type().equals("CNAME") && aliases.contains(record.name())) {
                    more |= aliases.add(record.target());
                }
            }
        }
        return aliases;
    }

    private static void addresses(
            DnsRecord record,
            String site,
            IpAddress client,
            NameSource source,
            String name,
            long timeNs,
            Consumer<NameFact> out) {
        if (!isHostName(name)) {
            return;
        }
        for (IpAddress address : record.addresses()) {
            out.accept(new NameFact(site, client, address, source, name, timeNs, record.ttl()));
        }
    }

    private static void reverse(
            DnsRecord record, String site, long timeNs, Consumer<NameFact> out) {
        if (!record.type().equals("PTR") || !isHostName(record.target())) {
            return;
        }
        IpAddress address = ReverseName.address(record.name());
        if (address != null && PrivateAddresses.contains(address)) {
            out.accept(
                    new NameFact(
                            site,
                            null,
                            address,
                            NameSource.DNS_PTR,
                            record.target(),
                            timeNs,
                            record.ttl()));
        }
    }

    private static boolean isHostName(String name) {
        return !name.isEmpty() && !name.equals(".") && name.length() <= NameFact.MAX_NAME_LENGTH;
    }
}
