package io.gatewatch.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** The ledger of a chain's database: as rows to wait for, and as {@code gatewatch ledger} says. */
final class StoredLedger {
    private static final String PACKETS_OF =
            "SELECT COALESCE(SUM(packets), 0) FROM ledger WHERE site = ? AND reason = ?";

    /** Minutes of a site in which something is accounted for nowhere, or missing. */
    private static final String UNBALANCED =
            "SELECT COUNT(*) FROM (SELECT SUM(CASE WHEN reason IN ('captured', 'decapsulated') THEN"
                    + " packets WHEN reason IN ('kernel_dropped', 'repeated', 'row_refused') THEN 0"
                    + " ELSE -CAST(packets AS SIGNED) END) AS rest, SUM(IF(reason = 'missing',"
                    + " packets, 0)) AS missing FROM ledger WHERE site = ? GROUP BY gateway,"
                    + " boot_id, minute) AS minutes WHERE rest <> 0 OR missing <> 0";

    private final Chain chain;

    StoredLedger(Chain chain) {
        this.chain = chain;
    }

    /** Waits until a site has so many packets for a reason. */
    void await(String site, String reason, long packets) throws Exception {
        chain.awaitNumber(packets, PACKETS_OF, site, reason);
    }

    /** Waits until so many packets are in sessions, and every minute of the site balances. */
    void awaitBalance(String site, long inSessions) throws Exception {
        await(site, "in_sessions", inSessions);
        chain.awaitNumber(0, UNBALANCED, site);
    }

    /** Runs the command. */
    Gatewatch.Result run(String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "ledger",
                                "--jdbc-url",
                                chain.database().jdbcUrl(),
                                "--jdbc-user",
                                chain.database().user()));
        arguments.addAll(List.of(options));
        return Gatewatch.run(chain.password(), arguments.toArray(String[]::new));
    }

    /** What the command says got lost: place, reason and packets. */
    static List<String> losses(Gatewatch.Result result) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<String> losses = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            JsonNode object = json.readTree(line);
            if (object.get("type").asText().equals("loss")) {
                losses.add(
                        String.join(
                                " ",
                                object.get("place").asText(),
                                object.get("reason").asText(),
                                object.get("packets").asText()));
            }
        }
        return losses;
    }
}
