package io.gatewatch.scenarios;

import static io.gatewatch.scenarios.NetworkNamespaces.CLIENT_ADDRESS;
import static io.gatewatch.scenarios.NetworkNamespaces.CLIENT_ADDRESS_6;
import static io.gatewatch.scenarios.NetworkNamespaces.INSIDE;
import static io.gatewatch.scenarios.NetworkNamespaces.INSIDE_SECOND;
import static io.gatewatch.scenarios.NetworkNamespaces.SECOND_CLIENT_ADDRESS;
import static io.gatewatch.scenarios.NetworkNamespaces.SECOND_CLIENT_ADDRESS_6;
import static io.gatewatch.scenarios.NetworkNamespaces.SERVER_ADDRESS;
import static io.gatewatch.scenarios.NetworkNamespaces.SERVER_ADDRESS_6;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link DnsProgramsIT} runs inside the gateway's namespace: the chain on the gateway's
 * loopback, an agent on its interfaces towards both clients, a resolver and a server behind it. The
 * clients ask, and visit what they were told; then the log is compared with what {@code dig}
 * printed, and each session's name with what its own client asked for.
 */
final class DnsPrograms {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String GATEWAY = "live";
    private static final int WEB_PORT = 8080;
    private static final int DISCARD_PORT = 9;

    /**
     * Two names for one address, aliases, several addresses, short lives, one name by PTR alone.
     */
    private static final String ZONE =
            """
            local=/test/
            local-ttl=45
            host-record=edge.test,10.77.2.10,fd77:2::10,120
            cname=mid.test,edge.test,60
            cname=www.test,mid.test,30
            host-record=shop.test,10.77.2.11,300
            host-record=mail.test,10.77.2.11,200
            host-record=brief.test,10.77.2.12,1
            host-record=pool.test,10.77.2.13,90
            host-record=pool.test,10.77.2.14,90
            ptr-record=15.2.77.10.in-addr.arpa,printer.test
            txt-record=note.test,one,two words,"; DROP"
            mx-host=test,mail.test,10
            srv-host=_sip._tcp.test,edge.test,5060,1,2
            caa-record=test,0,issue,ca.test
            """;

    private static final int LAST_ADDRESS = 15;

    private final String client;
    private final String second;
    private final String server;
    private final Path folder;
    private final List<DigAnswer> asked = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();

    /**
     * A connection, and the answer that is to name it.
     *
     * @param name the expected host
     * @param ttl of the record that led to the address
     */
    private record Visit(
            String client,
            int clientPort,
            String protocol,
            String address,
            DigAnswer answer,
            String name,
            String source,
            int ttl) {}

    private DnsPrograms(String client, String second, String server, Path folder) {
        this.client = client;
        this.second = second;
        this.server = server;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        new DnsPrograms(arguments[0], arguments[1], arguments[2], Path.of(arguments[3])).run();
    }

    private void run() throws Exception {
        for (int last = 10; last <= LAST_ADDRESS; last++) {
            NetworkNamespaces.in(
                    server, "ip", "address", "add", "10.77.2." + last + "/24", "dev", "eth0");
        }
        NetworkNamespaces.in(
                server, "ip", "address", "add", "fd77:2::10/64", "dev", "eth0", "nodad");
        try (Chain chain = Chain.start(folder, "--first-update", "1s", "--update-interval", "1s");
                ChildProcess resolver = resolver();
                ChildProcess web = web();
                ChildProcess agent =
                        chain.agent(
                                "--interface",
                                INSIDE + "," + INSIDE_SECOND,
                                "--gateway",
                                GATEWAY)) {
            resolver.awaitLine("started, version", LIMIT);
            web.awaitLine("Serving HTTP", LIMIT);
            agent.awaitLine("capturing on " + INSIDE, LIMIT);
            askAndVisit(chain);
            requireLog(chain);
            requireNames(chain);
        }
    }

    private ChildProcess resolver() throws IOException {
        List<String> texts = new ArrayList<>();
        for (char letter = 'a'; letter < 'i'; letter++) {
            texts.add("txt-record=big.test," + String.valueOf(letter).repeat(250) + "\n");
        }
        Path configuration =
                Files.writeString(folder.resolve("dnsmasq.conf"), ZONE + String.join("", texts));
        return server(
                "dnsmasq",
                "--conf-file=" + configuration,
                "--keep-in-foreground",
                "--log-facility=-",
                "--user=root",
                "--pid-file=",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=" + SERVER_ADDRESS + "," + SERVER_ADDRESS_6);
    }

    private ChildProcess web() throws IOException {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        return server(
                "python3",
                "-u",
                "-m",
                "http.server",
                "--bind",
                "::",
                "--directory",
                pages.toString(),
                Integer.toString(WEB_PORT));
    }

    private ChildProcess server(String... program) throws IOException {
        return ChildProcess.start(
                program[0],
                NetworkNamespaces.commandIn(server, List.of(program)),
                Map.of(),
                folder);
    }

    private void askAndVisit(Chain chain) throws Exception {
        DigAnswer edge6 = ask(second, SECOND_CLIENT_ADDRESS_6, "edge.test", "AAAA");
        DigAnswer www6 = ask(client, CLIENT_ADDRESS, "www.test", "AAAA");
        DigAnswer shop = ask(client, CLIENT_ADDRESS, "Shop.TEST", "A");
        DigAnswer mail = ask(second, SECOND_CLIENT_ADDRESS, "mail.test", "A", "+tcp");
        assertThat(mail.first("A")).isEqualTo(shop.first("A"));
        DigAnswer edge = ask(second, SECOND_CLIENT_ADDRESS, "edge.test", "A");
        DigAnswer www = ask(client, CLIENT_ADDRESS, "www.test", "A", "+tcp");
        assertThat(www.answers()).hasSize(3);
        DigAnswer pool = ask(client, CLIENT_ADDRESS, "pool.test", "A");
        DigAnswer rotated = ask(client, CLIENT_ADDRESS, "pool.test", "A");
        assertThat(rotated.first("A")).isNotEqualTo(pool.first("A"));
        DigAnswer printer = ask(client, CLIENT_ADDRESS, "15.2.77.10.in-addr.arpa", "PTR");
        DigAnswer brief = ask(client, CLIENT_ADDRESS, "brief.test", "A");
        ask(client, CLIENT_ADDRESS, "nowhere.test", "A");
        ask(second, SECOND_CLIENT_ADDRESS, "note.test", "TXT");
        ask(second, SECOND_CLIENT_ADDRESS, "test", "MX");
        ask(second, SECOND_CLIENT_ADDRESS, "_sip._tcp.test", "SRV", "+tcp");
        ask(second, SECOND_CLIENT_ADDRESS, "test", "CAA");
        ask(client, CLIENT_ADDRESS, "big.test", "TXT", "+ignore", "+noedns");
        assertThat(ask(client, CLIENT_ADDRESS, "big.test", "TXT", "+tcp").answers()).hasSize(8);

        // Nobody else knows these addresses: it does not matter what the job has read by now.
        visit(client, CLIENT_ADDRESS, pool.first("A"), rotated);
        visit(client, CLIENT_ADDRESS, rotated.first("A"), rotated);
        // Of these, two clients have names of their own; a neighbour's is to be no stopgap here.
        awaitLog(chain);
        // Asked over IPv4, visited over IPv6: another address of the client, so anybody's name.
        visit(client, CLIENT_ADDRESS_6, www6.first("AAAA"), www6);
        visit(second, SECOND_CLIENT_ADDRESS_6, edge6.first("AAAA"), edge6);
        visit(client, CLIENT_ADDRESS, shop.first("A"), shop);
        visit(second, SECOND_CLIENT_ADDRESS, mail.first("A"), mail);
        visit(second, SECOND_CLIENT_ADDRESS, edge.first("A"), edge);
        visit(client, CLIENT_ADDRESS, www.first("A"), www);
        visit(client, CLIENT_ADDRESS, brief.first("A"), brief);
        // It never asked.
        visit(second, SECOND_CLIENT_ADDRESS, brief.first("A"), brief);
        visits.add(
                new Visit(
                        SECOND_CLIENT_ADDRESS,
                        web(second, SECOND_CLIENT_ADDRESS, "10.77.2.15"),
                        "tcp",
                        "10.77.2.15",
                        printer,
                        "printer.test",
                        "dns_ptr",
                        printer.ttlOfFirst("PTR")));
        visits.add(
                new Visit(
                        SECOND_CLIENT_ADDRESS,
                        datagram(second, mail.first("A")),
                        "udp",
                        mail.first("A"),
                        mail,
                        "mail.test",
                        "dns",
                        mail.ttlOfFirst("A")));
    }

    private DigAnswer ask(
            String namespace, String address, String name, String type, String... options)
            throws IOException, InterruptedException {
        String resolver = address.contains(":") ? SERVER_ADDRESS_6 : SERVER_ADDRESS;
        DigAnswer answer = DigAnswer.ask(namespace, address, resolver, name, type, options);
        asked.add(answer);
        return answer;
    }

    private void visit(String namespace, String from, String address, DigAnswer answer)
            throws IOException, InterruptedException {
        visits.add(
                new Visit(
                        from,
                        web(namespace, from, address),
                        "tcp",
                        address,
                        answer,
                        answer.name(),
                        "dns",
                        answer.ttlOfFirst(address.contains(":") ? "AAAA" : "A")));
    }

    /** Fetches a page; returns the client's port. */
    private static int web(String namespace, String from, String address)
            throws IOException, InterruptedException {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return Integer.parseInt(
                NetworkNamespaces.in(
                        namespace,
                        "curl",
                        "-s",
                        "-S",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{local_port}",
                        "--interface",
                        from,
                        "http://" + host + ":" + WEB_PORT + "/"));
    }

    /** Sends a datagram that nobody takes; returns the client's port. */
    private static int datagram(String namespace, String address)
            throws IOException, InterruptedException {
        String program =
                "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
                        + " s.connect(('%s', %d)); s.send(b'hello'); print(s.getsockname()[1])"
                                .formatted(address, DISCARD_PORT);
        return Integer.parseInt(NetworkNamespaces.in(namespace, "python3", "-c", program).strip());
    }

    private List<String> expectedLog() throws Exception {
        List<String> rows = new ArrayList<>();
        for (DigAnswer answer : asked) {
            rows.addAll(answer.rows());
        }
        return rows;
    }

    private void awaitLog(Chain chain) throws Exception {
        chain.awaitNumber(
                expectedLog().size(), "SELECT COUNT(*) FROM dns_log WHERE gateway = ?", GATEWAY);
    }

    private void requireLog(Chain chain) throws Exception {
        awaitLog(chain);
        List<String> rows = new ArrayList<>();
        try (StoredSessions stored = chain.sessions()) {
            for (ObjectNode row : stored.dnsLog(GATEWAY)) {
                rows.add(text(row));
            }
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expectedLog());
    }

    private static String text(ObjectNode row) {
        List<String> texts = new ArrayList<>();
        for (String column :
                List.of(
                        "client_ip",
                        "server_ip",
                        "transport",
                        "transaction_id",
                        "transaction",
                        "name",
                        "type",
                        "rcode",
                        "ttl",
                        "rdata")) {
            texts.add(row.get(column).isNull() ? "-" : DigAnswer.plain(row.get(column).asText()));
        }
        return String.join(" ", texts);
    }

    private void requireNames(Chain chain) throws Exception {
        for (Visit visit : visits) {
            Object[] session = {
                octets(visit.client()),
                visit.clientPort(),
                octets(visit.address()),
                visit.protocol()
            };
            String ofSession =
                    " FROM sessions WHERE client_ip = ? AND client_port = ? AND server_ip = ?"
                            + " AND protocol = ?";
            chain.awaitNumber(1, "SELECT COUNT(host)" + ofSession, session);
            try (StoredSessions stored = chain.sessions()) {
                String named =
                        stored.text(
                                "SELECT CONCAT_WS(' ', host, host_source, host_ttl_s)" + ofSession,
                                session);
                assertThat(named)
                        .as("%s", visit)
                        .isEqualTo(visit.name() + " " + visit.source() + " " + visit.ttl());
                long ageS = stored.number("SELECT host_age_s" + ofSession, session);
                assertThat(ageS).as("age, %s", visit).isEqualTo(age(stored, visit, session));
            }
        }
    }

    /** Seconds from the answer's time in the log to the session's start. */
    private static long age(StoredSessions stored, Visit visit, Object... session)
            throws Exception {
        return stored.number(
                "SELECT TIMESTAMPDIFF(SECOND, MAX(d.time), s.start_time) FROM sessions s, dns_log d"
                        + " WHERE s.client_ip = ? AND s.client_port = ? AND s.server_ip = ?"
                        + " AND s.protocol = ? AND d.client_ip = ? AND d.transaction_id = ?"
                        + " AND d.`transaction` = 'response'",
                session[0],
                session[1],
                session[2],
                session[3],
                octets(visit.answer().client()),
                visit.answer().id());
    }

    private static byte[] octets(String address) throws IOException {
        return InetAddress.getByName(address).getAddress();
    }
}
