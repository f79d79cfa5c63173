package dev.slipway.authorizer;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Finds out who calls, by the certificate of the connection alone; of the headers only those go on that the SDKs send about themselves. */
final class Doorway implements ServerInterceptor {
    static final Context.Key<Caller> CALLER = Context.key("caller");
    static final Context.Key<Metadata> HEADERS = Context.key("headers");

    private static final Metadata.Key<String> NAMESPACE = key("temporal-namespace");
    private static final List<Metadata.Key<String>> PASSED_ON = List.of(
            key("client-name"),
            key("client-version"),
            key("supported-server-versions"),
            key("supported-features"),
            key("temporal-cloud-api-version"));

    private final Callers callers;
    private final String namespace;
    private final AccessLog log;

    /** @param namespace what Temporal Cloud is told that a call is about, by this process and not by the caller */
    Doorway(Callers callers, String namespace, AccessLog log) {
        this.callers = callers;
        this.namespace = namespace;
        this.log = log;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            Context context = Context.current()
                    .withValue(CALLER, callers.of(certificate(call)))
                    .withValue(HEADERS, onward(headers));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (UnknownCallerException e) {
            log.unknown(String.valueOf(call.getMethodDescriptor().getBareMethodName()), String.valueOf(e.getMessage()));
            call.close(
                    Status.UNAUTHENTICATED.withDescription("Slipway's authorizer: " + e.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private static X509Certificate certificate(ServerCall<?, ?> call) throws UnknownCallerException {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            Certificate[] shown = session == null ? new Certificate[0] : session.getPeerCertificates();
            if (shown.length > 0 && shown[0] instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (SSLPeerUnverifiedException e) {
            // said below
        }
        throw new UnknownCallerException("a call without a certificate");
    }

    private Metadata onward(Metadata headers) {
        Metadata onward = new Metadata();
        for (Metadata.Key<String> key : PASSED_ON) {
            String value = headers.get(key);
            if (value != null) {
                onward.put(key, value);
            }
        }
        onward.put(NAMESPACE, namespace);
        return onward;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
