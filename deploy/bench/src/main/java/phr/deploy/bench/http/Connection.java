package phr.deploy.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A keep-alive connection to a server on 127.0.0.1; one call after the other. */
public final class Connection implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int MOST_KEPT = 64 * 1024;
    private static final int PATIENCE_MILLIS = 600_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private byte[] pattern = new byte[0];
    private int most = MOST_KEPT;
    private int at;
    private int end;

    public Connection(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** From now on counts this text in bodies. */
    public Connection counting(String text) {
        pattern = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** From now on keeps bodies whole. */
    public Connection keeping() {
        most = Integer.MAX_VALUE;
        return this;
    }

    public Reply send(Call call) throws IOException {
        long sent = System.nanoTime();
        out.write(call.head());
        if (call.body().length > 0) {
            out.write(call.body());
        }
        return receive(sent);
    }

    private Reply receive(long sent) throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        long length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.endsWith("chunked")) {
                chunked = true;
            }
        }
        Body body = new Body(pattern, most);
        if (chunked) {
            chunks(body);
        } else {
            pass(body, length);
        }
        return body.reply(status, sent);
    }

    private void chunks(Body body) throws IOException {
        for (long length = chunk(); length > 0; length = chunk()) {
            pass(body, length);
            line();
        }
        line();
    }

    private long chunk() throws IOException {
        String size = line();
        int extension = size.indexOf(';');
        return Long.parseLong(extension < 0 ? size : size.substring(0, extension), 16);
    }

    private void pass(Body body, long length) throws IOException {
        long left = length;
        while (left > 0) {
            if (at == end) {
                fill();
            }
            int count = (int) Math.min(left, end - at);
            body.take(buffer, at, count);
            at += count;
            left -= count;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (at == end) {
                fill();
            }
            char c = (char) buffer[at++];
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    private void fill() throws IOException {
        int read = in.read(buffer);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        at = 0;
        end = read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
