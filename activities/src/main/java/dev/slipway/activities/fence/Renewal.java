package dev.slipway.activities.fence;

import java.time.Duration;
import java.util.Optional;

/** A writer's lease and the thread that renews it until it is given back. */
final class Renewal implements Writer {
    private final WriterLease lease;
    private final Thread thread;

    private Renewal(WriterLease lease, Duration every) {
        this.lease = lease;
        this.thread = new Thread(() -> renewEvery(every), "writer-lease");
        thread.setDaemon(true);
    }

    static Renewal of(WriterLease lease, Duration every) {
        Renewal renewal = new Renewal(lease, every);
        renewal.thread.start();
        return renewal;
    }

    private void renewEvery(Duration every) {
        try {
            while (!lost()) {
                Thread.sleep(every.toMillis());
                lease.renew();
            }
        } catch (InterruptedException given) {
            // given back
        }
    }

    private boolean lost() {
        return lease.refusal().filter(r -> r.kind() == Refusal.Kind.LOST).isPresent();
    }

    @Override
    public Optional<Refusal> refusal() {
        return lease.refusal();
    }

    @Override
    public void close() {
        thread.interrupt();
        lease.close();
    }
}
