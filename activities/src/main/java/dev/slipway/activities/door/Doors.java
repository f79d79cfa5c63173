package dev.slipway.activities.door;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.activities.fence.WriteRight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback address, behind which each call of helm gets a door of its own. */
public final class Doors implements AutoCloseable {
    static final String HOST = "127.0.0.1";

    static {
        // otherwise each answer waits up to 40 ms for the acknowledgement of its own headers
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Set<Door> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "helm-door");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;

    private Doors(ApiServer api) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(HOST), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> new Passage(this, api, exchange).run());
        server.start();
    }

    /** Doors to the API server of this kubeconfig, with its credentials. */
    public static Doors to(Path kubeconfig) {
        try {
            return new Doors(ApiServer.of(kubeconfig));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + HOST + " for helm", e);
        }
    }

    /** A door for one call; everybody may read through it, and write as long as there is a right to. */
    public Door open(WriteRight right) {
        Door door = new Door(this, right);
        open.add(door);
        return door;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The open door with this key. All are looked at, so that the time tells nothing. */
    Optional<Door> find(String key) {
        Optional<Door> found = Optional.empty();
        for (Door door : open) {
            if (door.has(key)) {
                found = Optional.of(door);
            }
        }
        return found;
    }

    void remove(Door door) {
        open.remove(door);
    }

    /** Closes all doors. */
    @Override
    public void close() {
        open.forEach(Door::close);
        server.stop(0);
        threads.shutdownNow();
    }
}
