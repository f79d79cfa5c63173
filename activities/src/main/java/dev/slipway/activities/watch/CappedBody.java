package dev.slipway.activities.watch;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A response body that is given up when it grows beyond a size, so that a wrong address cannot fill the heap. */
final class CappedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final CompletableFuture<byte[]> refused = new CompletableFuture<>();
    private final long limit;
    private long seen;
    private Flow.@Nullable Subscription subscription;

    private CappedBody(long limit) {
        this.limit = limit;
    }

    static BodyHandler<byte[]> of(long limit) {
        return info -> new CappedBody(limit);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody().applyToEither(refused, body -> body);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        bytes.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            seen += buffer.remaining();
        }
        if (seen <= limit) {
            bytes.onNext(buffers);
            return;
        }
        refused.completeExceptionally(new IOException("the answer is larger than " + limit + " bytes"));
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable error) {
        bytes.onError(error);
    }

    @Override
    public void onComplete() {
        if (seen <= limit) {
            bytes.onComplete();
        }
    }
}
