package dev.slipway.model;

import java.util.Set;

/**
 * A verified identity: who the starter authenticated, never a free string.
 *
 * @param subject unique name of the person or machine
 * @param groups the groups that the identity provider vouches for
 */
public record Actor(String subject, Set<String> groups) {
    public Actor {
        groups = Set.copyOf(groups);
    }

    @Override
    public String toString() {
        return subject;
    }
}
