package io.gatewatch.scenarios;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code dig} printed of one exchange with a resolver.
 *
 * @param client address that asked
 * @param resolver address that was asked
 * @param transport {@code udp} or {@code tcp}
 * @param name that was asked for, in lower case
 * @param type that was asked for
 * @param id of the transaction
 */
record DigAnswer(
        String client,
        String resolver,
        String transport,
        String name,
        String type,
        int id,
        int rcode,
        List<Answer> answers) {
    private static final Map<String, Integer> RCODES = Map.of("NOERROR", 0, "NXDOMAIN", 3);
    private static final Pattern HEADER = Pattern.compile("status: (\\w+), id: (\\d+)");
    private static final Pattern ANSWER =
            Pattern.compile("([^;\\s]\\S*)\\s+(\\d+)\\s+IN\\s+(\\S+)\\s+(.*)");

    /** A record of the answer section. */
    record Answer(String name, int ttl, String type, String rdata) {}

    /** Asks; options of dig come last. */
    static DigAnswer ask(
            String namespace,
            String client,
            String resolver,
            String name,
            String type,
            String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "dig",
                                "-b",
                                client,
                                "@" + resolver,
                                name,
                                type,
                                "+noall",
                                "+comments",
                                "+answer",
                                "+nottlunits",
                                "+tries=1",
                                "+time=10"));
        command.addAll(List.of(options));
        String printed = NetworkNamespaces.in(namespace, command.toArray(String[]::new));
        Matcher header = HEADER.matcher(printed);
        if (!header.find()) {
            throw new AssertionError(command + " printed " + printed);
        }
        List<Answer> answers = new ArrayList<>();
        Matcher answer = ANSWER.matcher("");
        for (String line : printed.lines().toList()) {
            if (answer.reset(line).matches()) {
                answers.add(
                        new Answer(
                                plain(answer.group(1)).toLowerCase(Locale.ROOT),
                                Integer.parseInt(answer.group(2)),
                                answer.group(3),
                                plain(answer.group(4))));
            }
        }
        return new DigAnswer(
                client,
                resolver,
                List.of(options).contains("+tcp") ? "tcp" : "udp",
                name.toLowerCase(Locale.ROOT),
                type,
                Integer.parseInt(header.group(2)),
                RCODES.get(header.group(1)),
                answers);
    }

    /** One spelling: names without their final dot, texts without quotes. */
    static String plain(String text) {
        return text.replaceAll("\\.$", "").replace("\"", "");
    }

    /** Data of the first record of this type. */
    String first(String recordType) {
        return record(recordType).rdata();
    }

    int ttlOfFirst(String recordType) {
        return record(recordType).ttl();
    }

    private Answer record(String recordType) {
        return answers.stream()
                .filter(answer -> answer.type().equals(recordType))
                .findFirst()
                .orElseThrow(() -> new AssertionError(recordType + " is not in " + this));
    }

    /** The rows of the log that are expected: transaction, name, type, rcode, TTL, data. */
    List<String> rows() throws Exception {
        String exchange =
                String.join(
                        " ",
                        StoredSessions.normalized(client),
                        StoredSessions.normalized(resolver),
                        transport,
                        Integer.toString(id));
        List<String> rows = new ArrayList<>();
        rows.add(String.join(" ", exchange, "query", name, type, "- - -"));
        if (answers.isEmpty()) {
            rows.add(String.join(" ", exchange, "response", name, type, rcode + " - -"));
        }
        for (Answer answer : answers) {
            rows.add(
                    String.join(
                            " ",
                            exchange,
                            "response",
                            answer.name(),
                            answer.type(),
                            Integer.toString(rcode),
                            Integer.toString(answer.ttl()),
                            answer.rdata()));
        }
        return rows;
    }
}
