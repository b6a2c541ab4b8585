package phr.gateway.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import phr.gateway.people.WebhookAddress;

/**
 * One request to exactly the address that was checked. HTTP clients resolve names a second time and follow redirects; both would let
 * a recipient aim the gateway at the operator's own network. Only the status of the answer is read.
 */
final class DirectRequest {

    private static final int LONGEST_HEAD = 8 * 1024;

    private final Duration timeout;
    private final boolean loopback;

    /** @param timeout for everything together */
    DirectRequest(Duration timeout, boolean loopback) {
        this.timeout = timeout;
        this.loopback = loopback;
    }

    int send(Outgoing request) throws IOException {
        URI to = request.to();
        if (WebhookAddress.fault(to.toString(), loopback).isPresent()) {
            throw new IOException("the address is not allowed");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean secure = "https".equals(to.getScheme());
        int port = to.getPort() == -1 ? (secure ? 443 : 80) : to.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address(to.getHost()), port), left(deadline));
            plain.setSoTimeout(left(deadline));
            Socket socket = secure ? secured(plain, to.getHost(), port) : plain;
            socket.getOutputStream().write(head(request));
            socket.getOutputStream().write(request.body());
            socket.getOutputStream().flush();
            return status(socket, deadline);
        }
    }

    /** All addresses of the name must be public: one that is not is reason to distrust the name. */
    private InetAddress address(String host) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            if (!WebhookAddress.mayBeCalled(address, loopback)) {
                throw new IOException("the address is not public");
            }
        }
        return addresses[0];
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] head(Outgoing request) throws IOException {
        URI to = request.to();
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
        StringBuilder head = new StringBuilder(request.method() + " " + path + query + " HTTP/1.1\r\n");
        line(head, "Host", to.getRawAuthority());
        if (request.body().length > 0) {
            line(head, "Content-Type", request.mediaType());
        }
        line(head, "Content-Length", Integer.toString(request.body().length));
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            line(head, header.getKey(), header.getValue());
        }
        line(head, "User-Agent", "phr-gateway");
        line(head, "Connection", "close");
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Whatever was checked before, nobody writes a second line. */
    private static void line(StringBuilder head, String name, String value) throws IOException {
        if (!name.matches("[A-Za-z0-9-]+") || !value.matches("[ -~]*")) {
            throw new IOException("a header is not allowed");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /** Of the first line that is not informational; however slowly it drips, the deadline holds. */
    private static int status(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        int read = 0;
        while (read < LONGEST_HEAD) {
            String line = line(in, socket, deadline);
            read += line.length() + 2;
            if (line.matches("HTTP/1\\.[01] [2-5][0-9]{2}( .*)?")) {
                return Integer.parseInt(line.substring(9, 12));
            }
            if (read == line.length() + 2 && !line.startsWith("HTTP/1.1 1")) {
                break;
            }
        }
        throw new IOException("no HTTP answer");
    }

    private static String line(InputStream in, Socket socket, long deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LONGEST_HEAD) {
            socket.setSoTimeout(left(deadline));
            int next = in.read();
            if (next < 0) {
                throw new IOException("no HTTP answer");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).strip();
            }
            line.write(next);
        }
        throw new IOException("no HTTP answer");
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
