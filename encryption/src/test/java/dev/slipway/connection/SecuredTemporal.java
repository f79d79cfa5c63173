package dev.slipway.connection;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Temporal's frontend behind a real TLS handshake, on loopback: it answers that it is there, and remembers who asked with what. */
public final class SecuredTemporal implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> NAMESPACE =
            Metadata.Key.of("temporal-namespace", Metadata.ASCII_STRING_MARSHALLER);

    /** One call: the subject of the certificate that was shown, and what headers said; an empty text for what was not there. */
    public record Call(String method, String subject, String authorization, String namespace) {}

    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final Server server;

    /** @param clients who is let in; everybody when there are none */
    public SecuredTemporal(Identity identity, X509Certificate... clients) throws IOException {
        SslContextBuilder tls =
                GrpcSslContexts.configure(SslContextBuilder.forServer(identity.key(), identity.certificate()));
        if (clients.length > 0) {
            tls.trustManager(clients).clientAuth(ClientAuth.REQUIRE);
        }
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(tls.build())
                .addService(new Frontend())
                .intercept(new Listening())
                .build()
                .start();
    }

    public String target() {
        return "127.0.0.1:" + server.getPort();
    }

    public Call last() {
        return calls.get(calls.size() - 1);
    }

    List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static String subject(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return "";
        }
        try {
            return session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException none) {
            return "";
        }
    }

    private static String header(Metadata headers, Metadata.Key<String> key) {
        Iterable<String> all = headers.getAll(key);
        return all == null ? "" : String.join(" AND ", all);
    }

    private final class Listening implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            calls.add(new Call(
                    String.valueOf(call.getMethodDescriptor().getBareMethodName()),
                    subject(call),
                    header(headers, AUTHORIZATION),
                    header(headers, NAMESPACE)));
            return next.startCall(call, headers);
        }
    }

    private static final class Frontend extends WorkflowServiceGrpc.WorkflowServiceImplBase {
        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
            answer.onNext(
                    GetSystemInfoResponse.newBuilder().setServerVersion("test").build());
            answer.onCompleted();
        }

        @Override
        public void describeNamespace(
                DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
            answer.onNext(DescribeNamespaceResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }
}
