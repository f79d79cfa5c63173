package dev.slipway.activities.bundle;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A response body of at most so many bytes; more of it is an error, and is not read. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final int most;
    private long seen;
    private boolean stopped;
    private Flow.@Nullable Subscription subscription;

    LimitedBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription flow) {
        subscription = flow;
        body.onSubscribe(flow);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (stopped) {
            return;
        }
        seen += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (seen <= most) {
            body.onNext(buffers);
            return;
        }
        stopped = true;
        if (subscription != null) {
            subscription.cancel();
        }
        body.onError(new IOException("the answer has more than " + most + " bytes"));
    }

    @Override
    public void onError(Throwable cause) {
        if (!stopped) {
            body.onError(cause);
        }
    }

    @Override
    public void onComplete() {
        if (!stopped) {
            body.onComplete();
        }
    }
}
