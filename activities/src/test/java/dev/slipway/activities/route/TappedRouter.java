package dev.slipway.activities.route;

import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import java.util.Optional;

/** A real router whose writes can be held up and seen. Its gateway takes every weight at once. */
public final class TappedRouter implements TrafficSwitch {
    private final TrafficSwitch real;
    private final Runnable before;
    private final Runnable written;

    /**
     * @param before run right before each write is tried
     * @param written run after each write that was done
     */
    public TappedRouter(TrafficSwitch real, Runnable before, Runnable written) {
        this.real = real;
        this.before = before;
        this.written = written;
    }

    @Override
    public Sight look(RouteTarget target) {
        Sight seen = real.look(target);
        return new Sight() {
            @Override
            public RouteState state() {
                return seen.state();
            }

            @Override
            public boolean isAsWeLeftIt() {
                return seen.isAsWeLeftIt();
            }

            @Override
            public Optional<String> objection() {
                return seen.objection();
            }

            @Override
            public String changedBy() {
                return seen.changedBy();
            }

            @Override
            public Word word() {
                return new Word(true, Optional.empty());
            }

            @Override
            public boolean write(RouteMark mark, Shares wanted) {
                before.run();
                boolean done = seen.write(mark, wanted);
                if (done) {
                    written.run();
                }
                return done;
            }
        };
    }
}
