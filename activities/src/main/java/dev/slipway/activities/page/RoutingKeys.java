package dev.slipway.activities.page;

import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that hold a routing key each. They are read at every call, so a key is rotated by writing its file.
 *
 * @param all for an environment that has no key of its own; absent: its pages stay in the log
 * @param own by the environment's name
 */
public record RoutingKeys(@Nullable Path all, Map<String, Path> own) {
    public RoutingKeys {
        own = Map.copyOf(own);
    }

    Optional<RoutingKey> of(EnvironmentName environment) {
        return Optional.ofNullable(own.getOrDefault(environment.value(), all)).map(RoutingKeys::read);
    }

    /** Without the line end that editors add; a file that is just being written is read again with the next try. */
    private static RoutingKey read(Path file) {
        try {
            String key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw FailureType.UNREACHABLE.failure("the routing key's file " + file + " is empty");
            }
            return new RoutingKey(key);
        } catch (IOException e) {
            throw FailureType.UNREACHABLE.failure("cannot read the routing key's file " + file);
        }
    }
}
