package dev.slipway.model;

/** A Service that a route sends traffic to. */
public record Backend(String service, int port) {
    @Override
    public String toString() {
        return service + ":" + port;
    }
}
