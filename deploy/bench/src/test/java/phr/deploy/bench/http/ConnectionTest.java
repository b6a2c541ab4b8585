package phr.deploy.bench.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final Call ASKING = Call.get("/", Map.of());

    @Test
    void an_answer_in_chunks_is_put_together_and_counted() throws IOException {
        Reply reply = answered(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\nb;x=1\r\n:1,\"ab\",\"ab\r\n1\r\n\"\r\n0\r\n\r\n");
        assertEquals("{\"a\":1,\"ab\",\"ab\"", reply.text());
        assertEquals(16, reply.bytes());
        assertEquals(2, reply.found());
    }

    @Test
    void an_answer_of_known_length_ends_there() throws IOException {
        Reply reply = answered("HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nnoneHTTP/1.1 200 OK");
        assertEquals(404, reply.status());
        assertEquals("none", reply.text());
    }

    @Test
    void an_answer_that_breaks_off_is_no_answer() {
        assertThrows(IOException.class, () -> answered("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"));
    }

    private static Reply answered(String answer) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Connection connection = new Connection(listening.getLocalPort()).counting("\"ab\"")) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> serve(listening, answer));
            Reply reply = connection.send(ASKING);
            server.join();
            return reply;
        }
    }

    private static void serve(ServerSocket listening, String answer) {
        try (Socket socket = listening.accept()) {
            socket.getInputStream().readNBytes(ASKING.head().length);
            socket.getOutputStream().write(answer.getBytes(US_ASCII));
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
