package phr.gateway.ingest.upload;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phr.fhir.fixtures.Lifelogs;
import phr.gateway.Cast;
import phr.gateway.Http;
import phr.gateway.MovableClock;
import phr.gateway.Stack;
import phr.gateway.Tokens;
import phr.gateway.ingest.job.JobRequests;

/** tus 1.0 as it is written, and as a client that is not ours speaks it. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ResumableUploadTest {

    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2023-03-01T07:00:00+09:00");

    private String token;
    private String person;
    private TusRequests tus;

    @BeforeEach
    void somebodyWithALargeFile() {
        token = Tokens.citizen("citizen-43", "patient/*.cruds");
        Cast.organisations();
        person = Cast.register(token);
        tus = new TusRequests(token, "PATRQT");
    }

    @AfterEach
    void theTimeIsAsItWas() {
        MovableClock.back();
    }

    private static byte[] file(int samples) {
        return Lifelogs.heartRateNdjson(MORNING, samples);
    }

    @Test
    void says_what_it_can_do() {
        Http.anonymous()
                .options("/ingest/{person}/uploads", person)
                .then()
                .statusCode(204)
                .header("Tus-Version", "1.0.0")
                .header("Tus-Resumable", "1.0.0")
                .header("Tus-Extension", "creation,creation-with-upload,checksum,termination,expiration")
                .header("Tus-Checksum-Algorithm", "sha1,sha256")
                .header("Tus-Max-Size", "8589934592");
    }

    @Test
    void a_file_in_parts_of_any_length_becomes_a_job() {
        byte[] file = file(7_000);
        String place = TusRequests.place(tus.creates(person, file.length, "fhir"));
        tus.offset(place)
                .statusCode(200)
                .header("Upload-Offset", "0")
                .header("Upload-Length", String.valueOf(file.length))
                .header("Upload-Expires", notNullValue())
                .header("Cache-Control", "no-store");
        int offset = 0;
        Random random = new Random(7);
        while (offset < file.length) {
            int length = Math.min(file.length - offset, 1 + random.nextInt(900_000));
            tus.brings(place, offset, Arrays.copyOfRange(file, offset, offset + length))
                    .statusCode(204)
                    .header("Upload-Offset", String.valueOf(offset + length))
                    .header("Tus-Resumable", "1.0.0");
            offset += length;
        }
        String job = tus.offset(place)
                .statusCode(200)
                .header("Upload-Offset", String.valueOf(file.length))
                .extract()
                .header("Content-Location");
        JobRequests.ended(token, job)
                .body("state", equalTo("COMPLETE"))
                .body("format", equalTo("fhir"))
                .body("bytes.done", equalTo(file.length))
                .body("counts.read", equalTo(7_000));
        tus.brings(place, file.length, new byte[] {1}).statusCode(409);
        isKnownAsAWhole(file);
    }

    /** However its parts came, it is the same original. */
    private void isKnownAsAWhole(byte[] file) {
        String whole = TusRequests.place(tus.creates(person, file.length, "fhir"));
        String job = tus.brings(whole, 0, file).statusCode(204).extract().header("Content-Location");
        JobRequests.ended(token, job).body("state", equalTo("COMPLETE")).body("counts.originals", equalTo(0));
    }

    @Test
    void a_part_with_a_wrong_checksum_is_dropped_and_may_come_again() throws NoSuchAlgorithmException {
        byte[] file = file(10);
        String place = TusRequests.place(tus.creates(person, file.length));
        byte[] half = Arrays.copyOf(file, file.length / 2);
        tus.brings(place, 0, half, "sha256 " + digest("SHA-256", file)).statusCode(460);
        tus.offset(place).header("Upload-Offset", "0");
        tus.brings(place, 0, half, "sha1 " + digest("SHA-1", half)).statusCode(204);
        byte[] rest = Arrays.copyOfRange(file, half.length, file.length);
        tus.brings(place, half.length, rest, "md5 " + digest("MD5", rest)).statusCode(400);
        tus.brings(place, half.length, rest, "sha256 " + digest("SHA-256", rest))
                .statusCode(204)
                .header("Content-Location", notNullValue());
    }

    private static String digest(String algorithm, byte[] bytes) throws NoSuchAlgorithmException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    @Test
    void what_is_not_the_protocol_is_refused() {
        byte[] part = {1, 2, 3};
        String place = TusRequests.place(tus.creates(person, 100));
        tus.brings(place, 5, part).statusCode(409).header("Tus-Resumable", "1.0.0");
        tus.brings(place, 0, new byte[101]).statusCode(413);
        tus.asks()
                .header("Upload-Offset", "0")
                .contentType("application/octet-stream")
                .body(part)
                .patch(place)
                .then()
                .statusCode(415);
        Http.as(token, "PATRQT").head(place).then().statusCode(412).header("Tus-Version", "1.0.0");
        Http.as(token, "PATRQT")
                .header("Upload-Length", "3")
                .post("/ingest/{person}/uploads", person)
                .then()
                .statusCode(412);
        tus.asks().post("/ingest/{person}/uploads", person).then().statusCode(400);
        tus.creates(person, 0).statusCode(400);
        tus.creates(person, 8_589_934_593L).statusCode(413);
        tus.offset(place).header("Upload-Offset", "0");
        tus.asks().delete(place).then().statusCode(204);
    }

    @Test
    void a_first_part_may_come_with_the_creation_and_without_patch() {
        byte[] file = file(12);
        byte[] half = Arrays.copyOf(file, 100);
        String place = TusRequests.place(tus.part(0, half)
                .header("Upload-Length", file.length)
                .post("/ingest/{person}/uploads", person)
                .then()
                .header("Upload-Offset", "100"));
        tus.part(100, Arrays.copyOfRange(file, 100, file.length))
                .header("X-HTTP-Method-Override", "PATCH")
                .post(place)
                .then()
                .statusCode(204)
                .header("Upload-Offset", String.valueOf(file.length));
    }

    @Test
    void an_upload_that_is_terminated_or_left_is_gone() {
        String terminated = TusRequests.place(tus.creates(person, 100));
        tus.asks().delete(terminated).then().statusCode(204);
        tus.offset(terminated).statusCode(404);
        String left = TusRequests.place(tus.creates(person, 100));
        MovableClock.ahead(Duration.ofDays(2).plusMinutes(1));
        tus.offset(left).statusCode(404);
        tus.brings(left, 0, new byte[10]).statusCode(404);
    }

    @Test
    void nobody_else_finds_it() {
        String place = TusRequests.place(tus.creates(person, 100));
        TusRequests other = new TusRequests(Tokens.taro("patient/*.cruds"), "PATRQT");
        Cast.register(Tokens.taro());
        other.offset(place).statusCode(404);
        other.brings(place, 0, new byte[10]).statusCode(404);
        other.asks().delete(place).then().statusCode(404);
        tus.asks().get(place.replace("uploads", "jobs")).then().statusCode(404);
        tus.asks().delete(place).then().statusCode(204);
    }

    @Test
    void a_broken_part_keeps_what_has_arrived_and_two_at_a_time_do_not_mix() throws Exception {
        byte[] file = file(5_000);
        int broken = 1_500_000;
        String place = TusRequests.place(tus.creates(person, file.length));
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("PATCH " + place + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + token
                            + "\r\nPurpose-Of-Use: PATRQT\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                            + "Content-Type: application/offset+octet-stream\r\nContent-Length: " + file.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(file, 0, broken);
            out.flush();
            waitsUntil(() -> offset(place) == 1 << 20, "a whole piece is durable while the request goes on");
            tus.brings(place, 1 << 20, new byte[] {1}).statusCode(423);
        }
        waitsUntil(() -> offset(place) == broken, "the rest of it is, too");
        String job = tus.brings(place, broken, Arrays.copyOfRange(file, broken, file.length))
                .statusCode(204)
                .extract()
                .header("Content-Location");
        JobRequests.ended(token, job).body("state", equalTo("COMPLETE")).body("counts.read", equalTo(5_000));
        isKnownAsAWhole(file);
    }

    private int offset(String place) {
        return Integer.parseInt(tus.offset(place).extract().header("Upload-Offset"));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void waitsUntil(Condition condition, String what) throws Exception {
        for (int i = 0; i < 200 && !condition.holds(); i++) {
            Thread.sleep(50);
        }
        assertTrue(condition.holds(), what);
    }

    @Test
    void a_client_that_is_not_ours_begins_breaks_off_and_goes_on() throws Exception {
        byte[] file = file(9_000);
        TusClient client = new TusClient();
        client.setUploadCreationURL(
                URI.create("http://127.0.0.1:" + RestAssured.port + "/ingest/" + person + "/uploads")
                        .toURL());
        client.setHeaders(Map.of("Authorization", "Bearer " + token, "Purpose-Of-Use", "PATRQT"));
        client.enableResuming(new TusURLMemoryStore());
        TusUploader first = client.resumeOrCreateUpload(upload(file));
        first.setChunkSize(64 * 1024);
        first.setRequestPayloadSize(512 * 1024);
        for (int i = 0; i < 20; i++) {
            first.uploadChunk();
        }
        first.finish();
        TusUploader second = client.resumeOrCreateUpload(upload(file));
        assertEquals(20 * 64 * 1024, second.getOffset());
        while (second.uploadChunk() > -1) {
            assertTrue(second.getOffset() <= file.length);
        }
        String job = second.getUploadURL().getPath().replace("uploads", "jobs");
        second.finish();
        JobRequests.ended(token, job)
                .body("state", equalTo("COMPLETE"))
                .body("counts.read", equalTo(9_000))
                .body("error", nullValue());
    }

    private static TusUpload upload(byte[] file) throws IOException {
        TusUpload upload = new TusUpload();
        upload.setInputStream(new ByteArrayInputStream(file));
        upload.setSize(file.length);
        upload.setFingerprint("the file");
        upload.setMetadata(Map.of("filename", "花子.ndjson"));
        return upload;
    }

    @Test
    void more_than_five_open_uploads_have_to_wait() {
        String token = Tokens.citizen("citizen-46", "patient/*.cruds");
        String person = Cast.register(token);
        TusRequests tus = new TusRequests(token, "PATRQT");
        String[] places = new String[5];
        for (int i = 0; i < places.length; i++) {
            places[i] = TusRequests.place(tus.creates(person, 100));
        }
        tus.creates(person, 100).statusCode(429).header("Retry-After", not(equalTo("")));
        for (String place : places) {
            tus.asks().delete(place).then().statusCode(204);
        }
        tus.asks().delete(TusRequests.place(tus.creates(person, 100))).then().statusCode(204);
    }

    @Test
    void of_many_at_once_no_more_than_five_get_a_place() {
        String token = Tokens.citizen("citizen-75", "patient/*.cruds");
        String person = Cast.register(token);
        TusRequests tus = new TusRequests(token, "PATRQT");
        for (int round = 0; round < 3; round++) {
            List<ValidatableResponse> answers = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(i -> tus.creates(person, 100))
                    .toList();
            List<String> places = answers.stream()
                    .filter(answer -> answer.extract().statusCode() == 201)
                    .map(TusRequests::place)
                    .toList();
            assertEquals(5, places.size());
            answers.stream()
                    .filter(answer -> answer.extract().statusCode() != 201)
                    .forEach(answer -> answer.statusCode(429));
            places.forEach(place -> tus.asks().delete(place).then().statusCode(204));
        }
    }
}
