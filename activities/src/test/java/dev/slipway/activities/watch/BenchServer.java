package dev.slipway.activities.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other side of {@link HubBench}, in a process of its own so that its work is not measured: a Prometheus that has scraped
 * so many releases every 15 s for ever, and a Temporal that takes heartbeats. Prints its two ports; {@code GET /counts} says how
 * often each was asked.
 */
final class BenchServer extends WorkflowServiceGrpc.WorkflowServiceImplBase {
    private static final long SCRAPE = 15_000;
    private static final Pattern QUERY = Pattern.compile("(\\w+)\\{(.*)}\\[(\\d+)ms]");
    private static final Pattern NAMES = Pattern.compile("app_kubernetes_io_instance=~?\"([^\"]*)\"");

    private final int releases;
    private final LongAdder queries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder beats = new LongAdder();

    private BenchServer(int releases) {
        this.releases = releases;
    }

    /**
     * Serves until its input ends.
     *
     * @param args how many releases there are
     */
    public static void main(String[] args) throws IOException {
        BenchServer self = new BenchServer(Integer.parseInt(args[0]));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer http = HttpServer.create(any, 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/api/v1/query", self::answer);
        http.createContext(
                "/counts",
                exchange -> self.send(exchange, self.queries.sum() + " " + self.bytes.sum() + " " + self.beats.sum()));
        http.start();
        Server temporal =
                NettyServerBuilder.forAddress(any).addService(self).build().start();
        System.out.println(http.getAddress().getPort() + " " + temporal.getPort());
        while (System.in.read() >= 0) {
            // whoever started this lives
        }
        System.exit(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = URLDecoder.decode(form.replaceAll("^query=|&time=.*", ""), StandardCharsets.UTF_8);
        queries.increment();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (query.equals("time()")) {
            double now = System.currentTimeMillis() / 1000.0;
            send(exchange, success("scalar", String.format("[%.3f,\"%.3f\"]", now, now)));
            return;
        }
        Matcher parts = QUERY.matcher(query);
        if (!parts.matches()) {
            throw new IOException("unexpected " + query);
        }
        long at = Math.round(Double.parseDouble(form.replaceAll(".*&time=", "")) * 1000);
        send(exchange, success("matrix", matrix(parts, at - Long.parseLong(parts.group(3)), at)));
    }

    private String matrix(Matcher parts, long after, long upTo) {
        StringBuilder out = new StringBuilder("[");
        Matcher names = NAMES.matcher(parts.group(2));
        boolean all = !names.find() || names.group(1).equals(".+");
        if (all) {
            for (int i = 0; i < releases; i++) {
                series(out, parts, "s" + i, after, upTo);
            }
        } else {
            Arrays.stream(names.group(1).split("\\|")).forEach(name -> series(out, parts, name, after, upTo));
        }
        return out.append(']').toString();
    }

    private static void series(StringBuilder out, Matcher parts, String release, long after, long upTo) {
        if (parts.group(1).equals("up")) {
            series(out, "\"__name__\":\"up\"", release, after, upTo, 0);
            return;
        }
        series(out, "\"__name__\":\"http_requests_total\",\"status\":\"500\"", release, after, upTo, 0.001);
        if (!parts.group(2).contains("status")) {
            series(out, "\"__name__\":\"http_requests_total\",\"status\":\"200\"", release, after, upTo, 10);
        }
    }

    private static void series(StringBuilder out, String own, String release, long after, long upTo, double perSecond) {
        long offset = Math.floorMod(release.hashCode() * 31L, SCRAPE);
        long first = after - Math.floorMod(after - offset, SCRAPE) + SCRAPE;
        if (first > upTo) {
            return;
        }
        out.append(out.length() == 1 ? "{\"metric\":{" : ",{\"metric\":{")
                .append(own)
                .append(",\"app_kubernetes_io_instance\":\"")
                .append(release)
                .append(
                        "\",\"app_kubernetes_io_name\":\"podinfo\",\"instance\":\"10.42.17.113:9797\",\"job\":\"pods\",")
                .append("\"namespace\":\"production\",\"pod\":\"")
                .append(release)
                .append("-7d4b9c6f5d-x2x9k\"},\"values\":[");
        for (long at = first; at <= upTo; at += SCRAPE) {
            String value = perSecond == 0 ? "1" : Long.toString((long) (at / 1000 % 10_000_000 * perSecond));
            out.append(at == first ? "[" : ",[").append(at / 1000).append('.');
            long millis = at % 1000;
            out.append(millis < 100 ? "0" : "").append(millis < 10 ? "0" : "").append(millis);
            out.append(",\"").append(value).append("\"]");
        }
        out.append("]}");
    }

    private static String success(String type, String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"" + type + "\",\"result\":" + result + "}}";
    }

    private void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        bytes.add(body.length);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
        answer.onNext(GetSystemInfoResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void recordActivityTaskHeartbeat(
            RecordActivityTaskHeartbeatRequest request, StreamObserver<RecordActivityTaskHeartbeatResponse> answer) {
        beats.increment();
        answer.onNext(RecordActivityTaskHeartbeatResponse.getDefaultInstance());
        answer.onCompleted();
    }
}
