package io.gatewatch.scenarios;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The metrics that a process serves for Prometheus. */
final class MetricsPage {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    /**
     * @param address host and port
     */
    MetricsPage(String address) {
        request = HttpRequest.newBuilder(URI.create("http://" + address + "/metrics")).build();
    }

    /** A metric as it is now, without its labels; 0 where it is not there. */
    long value(String metric) throws IOException, InterruptedException {
        return page().lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** A metric as it is now, summed over all its labels; 0 where it is not there. */
    long sum(String metric) throws IOException, InterruptedException {
        return page().lines()
                .filter(line -> line.startsWith(metric + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String page() throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
