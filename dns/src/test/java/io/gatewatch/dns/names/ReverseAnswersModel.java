package io.gatewatch.dns.names;

import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsQuestion;
import io.gatewatch.dns.message.DnsRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * TrafficAnalyzer's rule for names, as a model. What a record says is remembered backwards, from
 * its data to its owner, for everybody and for ever: in a cache, where what is first remembered or
 * looked up stays until other entries push it out, with a log behind it that knows the latest. A
 * query has the cache remember that nothing leads on from its name. A session is named at its start
 * by going on from its server's address, ten times at most.
 */
final class ReverseAnswersModel {
    private static final int MAX_STEPS = 10;

    private final Map<String, String> log = new HashMap<>();
    private final LinkedHashMap<String, String> cache = new LinkedHashMap<>(16, 0.75f, true);
    private final int cached;

    ReverseAnswersModel(int cached) {
        this.cached = cached;
    }

    void read(DnsMessage message) {
        if (message.response()) {
            for (DnsRecord record : message.answers()) {
                remember(record.rdata(), record.name());
                log.put(record.rdata(), record.name());
            }
        } else {
            for (DnsQuestion question : message.questions()) {
                remember(question.name(), null);
            }
        }
    }

    private String remember(String data, String owner) {
        if (cache.containsKey(data)) {
            return cache.get(data); // which makes it the last to be pushed out
        }
        cache.put(data, owner);
        if (cache.size() > cached) {
            cache.remove(cache.keySet().iterator().next());
        }
        return owner;
    }

    /** The name, or null if the address leads nowhere. */
    String name(String address) {
        String name = address;
        for (int step = 0; step < MAX_STEPS; step++) {
            String owner = remember(name, log.get(name));
            if (owner == null) {
                break;
            }
            name = owner;
        }
        return name.equals(address) ? null : name;
    }
}
