package dev.slipway.e2e;

import java.util.ArrayList;
import java.util.List;

/** A version of the stand-in model server as an image in the lab's registry. */
record StandIn(String version, String digest) {

    /**
     * Builds and imports it; settings such as {@code ERROR_RATE=0.2} are baked in, so each is a digest of its own.
     */
    static StandIn built(String version, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(version));
        arguments.addAll(List.of(settings));
        String binary =
                Shell.of("lab/service/build", arguments.toArray(String[]::new)).must();
        String digest =
                Shell.of("lab/import-image", "model-server:" + version, binary).must();
        return new StandIn(version, digest);
    }
}
