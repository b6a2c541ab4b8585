package phr.gateway.web;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.ingest.job.JobRequests;
import phr.gateway.ingest.upload.TusRequests;

/** More clients than there are database connections ask for everything and read nothing. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class StalledReadersTest {

    private static final int CLIENTS = 24;
    private static final int CONNECTIONS = 14;
    private static final int LATER_MILLIS = 8_000;
    private static final int SAMPLES = 30_000;

    /** A chunk of no length. */
    private static final String NO_MORE = "\r\n0\r\n\r\n";

    private static final String LAST = "$everything?_dense=each\"}]}" + NO_MORE;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void who_asks_and_does_not_read_stops_nobody_else_for_long() throws Exception {
        String token = Tokens.citizen("citizen-65", "patient/*.cruds");
        String person = Cast.register(token);
        byte[] file = Lifelogs.heartRateNdjson(OffsetDateTime.parse("2025-03-01T00:00:00+09:00"), SAMPLES);
        JobRequests.ended(token, new TusRequests(token, "PATRQT").sends(person, file))
                .body("state", equalTo("COMPLETE"));

        for (int i = 0; i < CLIENTS; i++) {
            asks("/fhir/Patient/" + person + "/$everything?_dense=each", token);
        }
        Response meanwhile = search(token, person);
        assertTrue(Set.of(200, 503).contains(meanwhile.statusCode()), "status " + meanwhile.statusCode());
        assertTrue(meanwhile.statusCode() == 200 || meanwhile.header("Retry-After") != null, "when to try again");

        long deadline = System.nanoTime() + 60_000_000_000L;
        while (search(token, person).statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "it recovers by itself");
        }
        // Those who came late and wait now are broken off as well.
        Thread.sleep(LATER_MILLIS);
        Map<End, Long> ends =
                sockets.stream().collect(Collectors.groupingBy(StalledReadersTest::end, Collectors.counting()));
        assertEquals(CLIENTS, ends.values().stream().mapToLong(Long::longValue).sum());
        assertTrue(ends.getOrDefault(End.BROKEN_OFF, 0L) >= CONNECTIONS, "all that held a connection: " + ends);
        assertFalse(ends.containsKey(End.WHOLE), "nobody has read: " + ends);
    }

    private enum End {
        WHOLE,
        REFUSED,
        BROKEN_OFF
    }

    private static Response search(String token, String person) {
        return Http.as(token, "PATRQT")
                .queryParam("patient", person)
                .queryParam("_count", 10)
                .get("/fhir/Observation");
    }

    /** Asks and reads nothing; what the kernel takes in is little. */
    private void asks(String path, String token) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
        String request = "GET " + path + " HTTP/1.1\r\nHost: phr\r\nPurpose-Of-Use: PATRQT\r\nAuthorization: Bearer "
                + token + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** How the answer ends when it is read at last. */
    private static End end(Socket socket) {
        try {
            socket.setSoTimeout(30_000);
            InputStream in = socket.getInputStream();
            byte[] part = new byte[64 * 1024];
            String end = "";
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                String text = end + new String(part, 0, length, StandardCharsets.ISO_8859_1);
                if (text.startsWith("HTTP/1.1 503")) {
                    return End.REFUSED;
                }
                end = text.substring(Math.max(0, text.length() - LAST.length()));
                if (end.equals(LAST)) {
                    return End.WHOLE;
                }
                assertFalse(end.endsWith(NO_MORE), "what is not whole must not look so");
            }
            return End.BROKEN_OFF;
        } catch (SocketException e) {
            return End.BROKEN_OFF;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
