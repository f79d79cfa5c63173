package dev.slipway.connection;

import com.uber.m3.tally.Scope;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.temporal.authorization.AuthorizationGrpcMetadataProvider;
import io.temporal.serviceclient.GrpcMetadataProviderInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections to Temporal; lazy ones, so that a process starts without it. */
public final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** As the SDK's own: a page of a history can be longer than gRPC's usual 4 MiB. */
    private static final int LONGEST_ANSWER = 128 << 20;

    private static final long KEEP_ALIVE_SECONDS = 30;

    private Connection() {}

    /**
     * The caller shuts it down. The SDK connects anew about each minute; from then on what has changed in files counts.
     *
     * @param target host and port
     * @param metrics nothing is measured when absent
     */
    public static WorkflowServiceStubs open(String target, Access access, @Nullable Scope metrics) {
        LOG.info("Temporal is at {}, {}", target, access.words());
        WorkflowServiceStubsOptions.Builder options =
                WorkflowServiceStubsOptions.newBuilder().setTarget(target);
        if (metrics != null) {
            options.setMetricsScope(metrics);
        }
        if (access.encrypted()) {
            options.setSslContext(context(access));
            access.serverName()
                    .ifPresent(name -> options.setChannelInitializer(channel -> channel.overrideAuthority(name)));
        }
        access.key().ifPresent(options::addApiKey);
        return WorkflowServiceStubs.newServiceStubs(options.build());
    }

    /**
     * A bare channel, for who passes on what others ask: without the SDK's retries, headers and meters, with the API key. The
     * caller shuts it down.
     *
     * @param target host and port
     */
    public static ManagedChannel channel(String target, Access access) {
        LOG.info("Temporal is at {}, {}", target, access.words());
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(target)
                .defaultLoadBalancingPolicy("round_robin")
                .maxInboundMessageSize(LONGEST_ANSWER)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .directExecutor();
        if (access.encrypted()) {
            builder.sslContext(context(access));
        } else {
            builder.usePlaintext();
        }
        access.serverName().ifPresent(builder::overrideAuthority);
        access.key().ifPresent(key -> builder.intercept(bearer(key)));
        return builder.build();
    }

    private static ClientInterceptor bearer(ApiKey key) {
        return new GrpcMetadataProviderInterceptor(
                List.of(new AuthorizationGrpcMetadataProvider(() -> "Bearer " + key.supply())));
    }

    private static SslContext context(Access access) {
        SslContextBuilder builder = GrpcSslContexts.configure(SslContextBuilder.forClient());
        access.authorities().ifPresent(builder::trustManager);
        access.certificate().ifPresent(builder::keyManager);
        try {
            SslContext context = builder.build();
            forgetSessions(context.sessionContext());
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException("this process cannot do TLS", e);
        }
    }

    /** A session that is taken up again goes on with the certificate of its first handshake, whatever the files say now. */
    static void forgetSessions(SSLSessionContext sessions) {
        if (sessions instanceof OpenSslSessionContext openSsl) {
            openSsl.setSessionCacheEnabled(false);
        } else {
            sessions.setSessionTimeout(1);
        }
    }
}
