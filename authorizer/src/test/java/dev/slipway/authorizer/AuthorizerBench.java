package dev.slipway.authorizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.connection.Access;
import dev.slipway.connection.Connection;
import dev.slipway.connection.Identity;
import dev.slipway.connection.SecuredTemporal;
import dev.slipway.connection.Tls;
import io.grpc.ManagedChannel;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * What the hop costs: the same call, one after the other in turn, straight to a server behind TLS and through the authorizer
 * to that server. Everybody is on loopback and in one process, and the server does nothing.
 */
final class AuthorizerBench {
    private static final int WARM_UP = 5_000;
    private static final double MICROS = 1_000;

    private AuthorizerBench() {}

    /** @param args where the report goes, and how many calls of each */
    public static void main(String[] args) throws Exception {
        Path report = Path.of(args[0]);
        int calls = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("authorizer-bench");
        Identity identity = Identity.make(folder, "temporal");
        Path certificate = identity.certificateIn(folder.resolve("temporal.pem"));
        Access access = new Access(new Tls(true, certificate.toString(), null, null, "temporal"), null);
        try (SecuredTemporal temporal = new SecuredTemporal(identity)) {
            ManagedChannel behind = Connection.channel(temporal.target(), access);
            ManagedChannel straight = Connection.channel(temporal.target(), access);
            try (Frontend frontend = new Frontend(folder, behind)) {
                ManagedChannel through = frontend.channel("starter");
                measure(report, calls, straight, through);
                through.shutdownNow();
            }
            straight.shutdownNow();
            behind.shutdownNow();
        }
        System.exit(0);
    }

    private static void measure(Path report, int calls, ManagedChannel straight, ManagedChannel through)
            throws Exception {
        WorkflowServiceBlockingStub direct = WorkflowServiceGrpc.newBlockingStub(straight);
        WorkflowServiceBlockingStub authorized = WorkflowServiceGrpc.newBlockingStub(through);
        for (int i = 0; i < WARM_UP; i++) {
            micros(direct);
            micros(authorized);
        }
        double[] without = new double[calls];
        double[] with = new double[calls];
        for (int i = 0; i < calls; i++) {
            without[i] = micros(direct);
            with[i] = micros(authorized);
        }
        Arrays.sort(without);
        Arrays.sort(with);
        Map<String, Object> figures = Map.of(
                "calls", calls,
                "direct_p50_us", at(without, 0.5),
                "direct_p95_us", at(without, 0.95),
                "authorized_p50_us", at(with, 0.5),
                "authorized_p95_us", at(with, 0.95));
        Files.createDirectories(report.toAbsolutePath().getParent());
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(report.toFile(), figures);
        System.out.printf(
                "%,d calls each: straight p50 %.0f us, p95 %.0f us; through the authorizer p50 %.0f us, p95 %.0f us: %.1f times%n",
                calls,
                at(without, 0.5),
                at(without, 0.95),
                at(with, 0.5),
                at(with, 0.95),
                at(with, 0.5) / at(without, 0.5));
    }

    private static double micros(WorkflowServiceBlockingStub stub) {
        long begin = System.nanoTime();
        var unused = stub.describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace("default").build());
        return (System.nanoTime() - begin) / MICROS;
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
    }
}
