package dev.slipway.activities.watch;

import java.util.List;

/** Who is to be scraped right now. */
@FunctionalInterface
public interface PodList {
    /**
     * The pods that run and want to be scraped, none when there are none.
     *
     * @throws RuntimeException when it cannot be found out
     */
    List<PodAddress> now();
}
