package phr.gateway.journey;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.CheckupZip;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;
import phr.gateway.Stack;

/** Broken, hostile and foreign files: the right status, a located outcome, nothing stored, and the gateway goes on. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class BadInputTest {

    private static final String BLOOD_GLUCOSE = "3D010000001926101";

    private Citizen taro;

    @BeforeEach
    void has_an_account() {
        taro = Citizen.taro();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("XML bomb", 400, taros().with(Fault.BILLION_LAUGHS).xml()),
                Arguments.of(
                        "external entity",
                        400,
                        taros().with(Fault.EXTERNAL_ENTITY).xml()),
                Arguments.of("DTD", 400, taros().with(Fault.DOCTYPE).xml()),
                Arguments.of(
                        "document cut off", 400, taros().with(Fault.CUT_OFF).xml()),
                Arguments.of("zip bomb", 413, zipBomb()),
                Arguments.of(
                        "path traversal",
                        400,
                        CheckupZip.of(taros())
                                .entry("../evil.xml", new byte[] {1})
                                .bytes()),
                Arguments.of("truncated ZIP", 400, truncated()),
                Arguments.of("wrong charset", 400, wrongCharset()),
                Arguments.of("junk", 400, junk(70_000)),
                Arguments.of("My Number", 422, "個人番号 123456789018".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_refused_file_is_answered_and_leaves_nothing(String what, int status, byte[] file) {
        String before = taro.inventory();
        ValidatableResponse answer = taro.uploads(file);
        assertOutcome(answer.statusCode(status));
        assertEquals(before, taro.inventory(), what);
        assertEquals(List.of(), taro.held());
    }

    static Stream<Arguments> kept() {
        return Stream.of(
                Arguments.of("text/plain", "これは健診ではありません".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("application/json", "{\"hello\":1}".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("text/xml", "<接種記録><回数>1</回数></接種記録>".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("application/pdf", "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kept")
    void a_file_that_nobody_can_read_is_kept_and_comes_back(String type, byte[] file) {
        taro.uploads(file)
                .statusCode(200)
                .body("format", equalTo("other"))
                .body("documents[0].result", equalTo("original-only"));
        String binary = taro.searches("DocumentReference", Map.of("_count", 200))
                .statusCode(200)
                .extract()
                .path("entry.resource.content[0].attachment.find{it.contentType=='" + type + "' && it.size=="
                        + file.length + "}.url");
        byte[] back = taro.asks()
                .accept("*/*")
                .get("/fhir/" + binary)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertArrayEquals(file, back);
    }

    @Test
    void an_empty_body_is_refused() {
        assertOutcome(taro.uploads(new byte[0]).statusCode(400));
    }

    @Test
    void a_file_of_another_format_than_the_address_says_is_refused() {
        assertOutcome(taro.uploads("omh", taros().xml()).statusCode(400));
    }

    @Test
    void an_unknown_item_stays_in_the_original_and_is_named() {
        taro.uploads(taros().facility("1310000027", "みどり健診所")
                        .item(Checkups.UNKNOWN_ITEM, "x")
                        .xml())
                .statusCode(oneOf(200, 201))
                .body("documents[0].notMapped", greaterThan(0))
                .body("documents[0].mapped", greaterThan(0))
                .body("outcome.issue.severity", hasItem(oneOf("warning", "information")));
    }

    @Test
    void a_document_with_an_impossible_date_is_kept_as_original_only() {
        taro.uploads(taros().facility("1310000035", "あおば健診所")
                        .with(Fault.IMPOSSIBLE_CHECKUP_DATE)
                        .xml())
                .statusCode(200)
                .body("documents[0].result", equalTo("original-only"))
                .body("outcome.issue.severity", hasItem("error"));
    }

    @Test
    void somebody_elses_file_is_held_and_can_be_discarded() {
        String before = taro.inventory();
        byte[] file = taros().facility("1310000043", "わかば健診所")
                .with(Fault.BIRTH_DATE_OF_SOMEBODY_ELSE)
                .xml();
        String held = assertHeld(taro.uploads(file));
        assertEquals(held, assertHeld(taro.uploads(file)), "the same bytes wait once");
        assertEquals(before, taro.inventory(), "what is held is not in the record");
        assertEquals(1, taro.held().size());
        Citizen.hanako()
                .asks()
                .post("/ingest/{person}/held/{id}/$confirm", taro.id(), held)
                .then()
                .statusCode(404);
        taro.discards(held).statusCode(204);
        taro.discards(held).statusCode(404);
        taro.confirms(held).statusCode(404);
        assertEquals(List.of(), taro.held());
        assertEquals(before, taro.inventory());
    }

    @Test
    void a_held_file_that_the_person_confirms_is_stored() {
        String before = taro.inventory();
        String held = assertHeld(taro.uploads(taros().facility("1310000050", "ふたば健診所")
                .with(Fault.NAME_OF_SOMEBODY_ELSE)
                .xml()));
        taro.confirms(held).statusCode(201).body("stored.created", greaterThan(0));
        assertNotEquals(before, taro.inventory());
        assertEquals(List.of(), taro.held());
    }

    @Test
    void a_hundred_megabytes_of_junk_are_refused_by_their_head() {
        long before = usedMemory();
        InputStream junk = new Junk(100L << 20);
        assertOutcome(taro.asks()
                .contentType("application/octet-stream")
                .body(junk)
                .post("/ingest/{person}", taro.id())
                .then()
                .statusCode(400));
        assertTrue(usedMemory() - before < 90L << 20, "junk is not kept in memory");
        taro.searches("Observation", Map.of("_count", 1)).statusCode(200);
    }

    private static String assertHeld(ValidatableResponse answer) {
        return answer.statusCode(202)
                .body("documents[0].result", equalTo("held"))
                .body("stored.created", equalTo(0))
                .body("outcome.issue[0].severity", equalTo("warning"))
                .body("outcome.issue[0].code", equalTo("business-rule"))
                .extract()
                .path("held.id");
    }

    private static void assertOutcome(ValidatableResponse answer) {
        String text = answer.contentType("application/fhir+json")
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue.size()", greaterThan(0))
                .extract()
                .asString();
        for (String secret : List.of("山田", "ヤマダ", "1978", "root:")) {
            assertTrue(!text.contains(secret), "no value of a file in an answer");
        }
    }

    /** Different from what other tests upload, so that nothing is a duplicate by accident. */
    private static Checkup taros() {
        return Checkup.of(People.TARO).on(LocalDate.of(2024, 6, 3)).item(BLOOD_GLUCOSE, "101");
    }

    private static byte[] wrongCharset() {
        byte[] xml = taros().xml();
        byte[] broken = Arrays.copyOf(xml, xml.length);
        int name = new String(xml, StandardCharsets.ISO_8859_1).indexOf("<name>") + 6;
        broken[name] = (byte) 0xff;
        broken[name + 1] = (byte) 0xfe;
        return broken;
    }

    private static byte[] truncated() {
        byte[] zip = CheckupZip.of(taros()).bytes();
        return Arrays.copyOf(zip, zip.length * 2 / 3);
    }

    private static byte[] zipBomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(CheckupZip.ROOT + "DATA/h1.xml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] junk(int size) {
        byte[] bytes = new byte[size];
        new Random(20260401).nextBytes(bytes);
        bytes[0] = 0x7f;
        return bytes;
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Noise that is made while it is read. */
    private static final class Junk extends InputStream {

        private final byte[] block = junk(64 * 1024);
        private long left;

        Junk(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- <= 0 ? -1 : block[(int) (left & 0xffff)] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int size = (int) Math.min(Math.min(length, block.length), left);
            System.arraycopy(block, 0, buffer, offset, size);
            left -= size;
            return size;
        }
    }
}
