package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked beside the bundle.
 *
 * @param service must be the bundle's when it is there
 * @param imageTag the version by default
 * @param again a new attempt of a version that ended otherwise than promoted
 * @param authors who wrote what is released, by e-mail address or by name; they may not decide on it
 */
record StartRequest(
        @Nullable ServiceName service,
        @Nullable Version version,
        @Nullable String imageTag,
        @Nullable Digest imageDigest,
        @Nullable Boolean again,
        @Nullable Boolean supersede,
        @Nullable List<String> authors) {
    private static final int MOST_AUTHORS = 50;
    private static final int LONGEST_AUTHOR = 200;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    Version requiredVersion() {
        if (version == null) {
            throw Refusal.malformed("request.version is missing");
        }
        return version;
    }

    Digest requiredImage() {
        if (imageDigest == null) {
            throw Refusal.malformed("request.imageDigest is missing: sha256: and 64 hexadecimal digits");
        }
        return imageDigest;
    }

    /** The image tag; a version with {@code +} is none. */
    String tag() {
        String tag = Optional.ofNullable(imageTag).orElse(requiredVersion().value());
        if (!TAG.matcher(tag).matches()) {
            throw Refusal.malformed("'" + tag + "' is no image tag (letters, digits, '_', '.' and '-', at most 128);"
                    + " say another one with imageTag");
        }
        return tag;
    }

    /** As plain text; one that cannot be read as anybody is an error, since leaving it out would let them decide. */
    List<String> namedAuthors() {
        List<String> said = Optional.ofNullable(authors).orElse(List.of());
        if (said.size() > MOST_AUTHORS) {
            throw Refusal.malformed("request.authors names " + said.size() + ", at most " + MOST_AUTHORS
                    + " are possible: name each person once");
        }
        return IntStream.range(0, said.size())
                .mapToObj(i -> author(i, said.get(i)))
                .toList();
    }

    private static String author(int index, @Nullable String said) {
        String plain = said == null ? "" : SafeText.line(said);
        if (plain.isEmpty() || plain.length() > LONGEST_AUTHOR) {
            throw Refusal.malformed("request.authors[" + index + "] is "
                    + (plain.isEmpty() ? "empty" : "longer than " + LONGEST_AUTHOR + " characters")
                    + ": say an e-mail address as in the commit (git log --format=%ae), or a name");
        }
        return plain;
    }

    boolean anew() {
        return Boolean.TRUE.equals(again);
    }

    boolean superseding() {
        return Boolean.TRUE.equals(supersede);
    }
}
