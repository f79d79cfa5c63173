package dev.slipway.model;

/**
 * What a verdict rests on, for a person: {@code name} such as {@code errors}, {@code detail} such as
 * {@code 4.1% of 212 requests bad, objective 99%}, and a link or the query to look again, empty when there is none.
 */
public record Evidence(String name, String detail, String link) {

    /** Evidence that has no link. */
    public static Evidence of(String name, String detail) {
        return new Evidence(name, detail, "");
    }
}
