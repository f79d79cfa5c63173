package dev.slipway.connection;

import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Where others connect by gRPC, each with a certificate of its own; who shows none is not let in. The files are read at each
 * handshake, as for {@link Access}, and each connection is made anew after five minutes.
 *
 * @param settings what the three files stand under, for messages: {@code .certificate-file}, {@code .key-file} and {@code
 *     .client-ca-file}
 */
public record Reception(String settings, Path certificateFile, Path keyFile, Path clientCaFile) {
    private static final long AGE_MINUTES = 5;
    /** Longer than Temporal's longest poll, so that an old connection ends with the polls on it. */
    private static final long GRACE_MINUTES = 2;

    private static final long KEEP_ALIVE_SECONDS = 10;

    /** @throws IllegalArgumentException when a file cannot be used now */
    public Reception {
        OwnCertificate.open(settings, certificateFile, keyFile);
        Authorities.open(settings + ".client-ca-file", clientCaFile);
    }

    /** A server to which services are added; nothing listens before it is started. */
    public ServerBuilder<?> at(InetSocketAddress address) {
        return NettyServerBuilder.forAddress(address)
                .sslContext(context())
                .maxConnectionAge(AGE_MINUTES, TimeUnit.MINUTES)
                .maxConnectionAgeGrace(GRACE_MINUTES, TimeUnit.MINUTES)
                .permitKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    /** What the process says of itself at its start. */
    public String words() {
        return OwnCertificate.open(settings, certificateFile, keyFile).words() + ", callers signed by one of "
                + clientCaFile;
    }

    private SslContext context() {
        SslContextBuilder builder = GrpcSslContexts.configure(
                        SslContextBuilder.forServer(OwnCertificate.open(settings, certificateFile, keyFile)))
                .trustManager(Authorities.open(settings + ".client-ca-file", clientCaFile))
                .clientAuth(ClientAuth.REQUIRE);
        try {
            SslContext context = builder.build();
            Connection.forgetSessions(context.sessionContext());
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException("this process cannot do TLS", e);
        }
    }
}
