package dev.slipway.activities.emit;

import dev.slipway.model.ReleaseView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What was released, in the words that other systems know artifacts by. */
final class PackageUrl {
    private PackageUrl() {}

    /** The image, as type oci of the package URL specification (ECMA-427). */
    static String of(ReleaseView view) {
        return "pkg:oci/" + view.service() + "@"
                + URLEncoder.encode(view.digests().image().value(), StandardCharsets.UTF_8);
    }
}
