package phr.deploy.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports on the loopback interface. */
public final class Ports {

    private Ports() {}

    /** A port that nobody listens on at this moment. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartupException("No free TCP port on 127.0.0.1.", "Check that the loopback interface is up.", e);
        }
    }

    /**
     * Refuses a port that somebody listens on.
     *
     * @param part who wants it, for the message
     * @param setting the setting that changes it, e.g. {@code PHR_PORT_A}
     */
    public static void requireFree(int port, String part, String setting) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port in TIME_WAIT after a stop is free for us, as it is for the servers.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
        } catch (IOException e) {
            throw new StartupException(
                    "Port " + port + " for " + part + " is in use.",
                    "Stop the program that listens on 127.0.0.1:" + port + ", or choose another port with " + setting
                            + "=….",
                    e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
