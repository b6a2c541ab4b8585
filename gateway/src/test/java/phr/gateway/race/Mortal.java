package phr.gateway.race;

import java.util.function.Supplier;
import phr.deploy.machine.Daemon;

/** A node that is killed and comes back. */
final class Mortal implements AutoCloseable {

    private final Node node;
    private final Supplier<Daemon> start;
    private Daemon daemon;

    Mortal(Node node, Supplier<Daemon> start) {
        this.node = node;
        this.start = start;
        this.daemon = start.get();
    }

    Node node() {
        return node;
    }

    /** SIGKILL: nothing is finished, closed or written any more. */
    void kill() {
        ProcessHandle.of(daemon.pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        daemon.close();
    }

    /** Returns when it is ready. */
    void comesBack() {
        daemon = start.get();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
