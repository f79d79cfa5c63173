package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a script learns from {@code $?}; the numbers are a contract. */
enum ExitCode {
    OK(0, "the milestone asked for was reached"),
    INTERNAL(1, "internal error, or the server does not answer"),
    USAGE(2, "usage"),
    INVALID(3, "invalid pipeline, or plan refused by policy"),
    DENIED(4, "not authenticated or not allowed"),
    CONFLICT(5, "not found or conflict"),
    ROLLED_BACK(10, "failed and rolled back, verified"),
    REJECTED(11, "rejected by a person"),
    EXPIRED(12, "nobody decided in time"),
    STILL_RUNNING(13, "stopped waiting, the release still runs (--timeout)"),
    STUCK(14, "stuck: the undo is not complete, somebody must act"),
    ABORTED(15, "aborted"),
    SUPERSEDED(16, "superseded by another release"),
    INTERFERED(17, "somebody else changed what the release had touched"),
    REFUSED(18, "refused, nothing touched"),
    LEFT_AS_IS(19, "left as it is, accepted by a person");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** The code for a release that has ended. */
    static ExitCode of(ReleaseView ended) {
        String outcome = String.valueOf(ended.outcome());
        return switch (outcome) {
            case "PROMOTED" -> OK;
            case "ROLLED_BACK" -> ROLLED_BACK;
            case "REJECTED" -> REJECTED;
            case "EXPIRED" -> EXPIRED;
            case "ABORTED" -> ABORTED;
            case "SUPERSEDED" -> SUPERSEDED;
            case "INTERFERED" -> INTERFERED;
            case "REFUSED" -> REFUSED;
            case "LEFT_AS_IS" -> LEFT_AS_IS;
            default ->
                throw new Failure(
                        INTERNAL,
                        "the release ended as " + outcome + ", which this slipway does not know",
                        "use a slipway as new as the server");
        };
    }

    /** Number and meaning, for {@code --help}. */
    static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            table.put(" " + code.number, code.meaning);
        }
        return table;
    }
}
