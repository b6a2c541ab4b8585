package phr.deploy.bench.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import phr.deploy.bench.data.HeartRates;
import phr.deploy.bench.report.Outcome;
import phr.deploy.bench.report.Unit;
import phr.deploy.bench.usage.Database;

/** The processor by itself, one thread: reading the JSON of Observations, writing it to a socket by copying, compressing it. */
final class Bytes implements Limit {

    private static final int LINES = 1_000;
    private static final long ROUND_NANOS = 2_000_000_000L;
    private static final double MEGA = 1e6;

    @Override
    public Map<String, Outcome> measure(Database database) throws Exception {
        Map<String, Outcome> found = new LinkedHashMap<>();
        found.put("parse", Limit.outcome("JSON tokens of Observations read, all processors", Unit.PER_SECOND, parse()));
        found.put(
                "render",
                Limit.outcome("Observations made of columns, sent over a socket, 1 thread", Unit.PER_SECOND, render()));
        found.put("gzip", Limit.outcome("gzip -1, MB of Observations, 1 thread", Unit.PER_SECOND, gzip()));
        return found;
    }

    private static HeartRates lines() {
        return new HeartRates("Patient/00000000-0000-4000-8000-000000000000", HeartRates.Form.NDJSON, LINES, 1, 1);
    }

    private static double parse() throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        parseAlone();
        CompletableFuture<?>[] all = new CompletableFuture<?>[threads];
        long[] done = new long[threads];
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all[i] = CompletableFuture.runAsync(() -> done[number] = parseAlone());
        }
        CompletableFuture.allOf(all).join();
        double seconds = (System.nanoTime() - start) / 1e9;
        long sum = 0;
        for (long one : done) {
            sum += one;
        }
        return sum / seconds;
    }

    private static long parseAlone() {
        JsonFactory json = new JsonFactory();
        byte[] bytes = lines().next();
        long done = 0;
        long until = System.nanoTime() + ROUND_NANOS;
        try {
            while (System.nanoTime() < until) {
                try (JsonParser parser = json.createParser(bytes)) {
                    while (parser.nextToken() != null) {
                        if (parser.currentToken().isScalarValue()) {
                            parser.getTextLength();
                        }
                    }
                }
                done += LINES;
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return done;
    }

    private static double render() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Socket client = new Socket(listening.getInetAddress(), listening.getLocalPort());
                Socket server = listening.accept()) {
            CompletableFuture<Void> drain = CompletableFuture.runAsync(() -> drain(client));
            HeartRates rates = lines();
            OutputStream out = server.getOutputStream();
            long done = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < ROUND_NANOS) {
                out.write(rates.next());
                done += LINES;
            }
            server.shutdownOutput();
            drain.join();
            return done / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static void drain(Socket socket) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = socket.getInputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                read = in.read(buffer);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double gzip() {
        byte[] bytes = lines().next();
        byte[] out = new byte[bytes.length];
        double done = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < ROUND_NANOS) {
            Deflater deflater = new Deflater(1, true);
            deflater.setInput(bytes);
            deflater.finish();
            while (!deflater.finished()) {
                deflater.deflate(out);
            }
            deflater.end();
            done += bytes.length / MEGA;
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }
}
