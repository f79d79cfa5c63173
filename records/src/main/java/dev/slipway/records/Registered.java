package dev.slipway.records;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What runs in one place: a row of {@code model_registry_entries}.
 *
 * @param version the one that was promoted there last; while none was, the one that is on its way or was undone
 * @param readySince when it was promoted, null when none was
 * @param nextVersion the version that is on its way in, null when none is
 * @param nextState the phase of its stage
 */
public record Registered(
        ServiceName service,
        Version version,
        EnvironmentName environment,
        Status status,
        Digests digests,
        ReleaseId release,
        int attempt,
        String requestedBy,
        @Nullable Instant readySince,
        @Nullable String nextVersion,
        @Nullable String nextState,
        Instant updatedAt) {

    /** What may be expected of it; in the database in lower case. */
    public enum Status {
        /** Promoted: it may serve, also while another version is on its way in. */
        READY,
        /** On its way in, and no version was ever promoted here. */
        DEPLOYING,
        /** The last try was undone, and no version was ever promoted here. */
        ROLLED_BACK,
        /** Stuck, left as it is, or changed by somebody else: a person must look at what is there. */
        UNCERTAIN
    }

    static Registered of(ResultSet row) throws SQLException {
        return new Registered(
                new ServiceName(row.getString("name")),
                new Version(row.getString("version")),
                new EnvironmentName(row.getString("deployment_environment")),
                Status.valueOf(row.getString("deployment_status").toUpperCase(Locale.ROOT)),
                new Digests(
                        new Digest(row.getString("chart_digest")),
                        new Digest(row.getString("image_digest")),
                        new Digest(row.getString("values_digest")),
                        new Digest(row.getString("pipeline_digest"))),
                ReleaseId.parse(row.getString("release")),
                row.getInt("attempt"),
                row.getString("requested_by"),
                Rows.instant(row, "ready_since"),
                row.getString("next_version"),
                row.getString("next_state"),
                Rows.moment(row, "updated_at"));
    }
}
