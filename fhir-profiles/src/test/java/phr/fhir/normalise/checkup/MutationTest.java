package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.Fhir;
import phr.fhir.failure.FailureException;
import phr.fhir.fixtures.CheckupZip;
import phr.fhir.fixtures.Checkups;

/** Damaged files give a report or a failure, never another exception and never a hang. */
class MutationTest {

    private static final int ROUNDS = 100;
    private static final String[] PIECES = {
        "nullFlavor=\"NA\"",
        "xsi:type=\"CO\"",
        "value=\"\"",
        "code=\"\"",
        "<value/>",
        "</observation>",
        "<entry>",
        "negationInd=\"true\"",
        "&#x0;",
        "&lt;",
        "\u3000",
        "<code code=\"9N001000000000001\"/>",
        "]]>",
        "<!--",
        "<?x y?>",
        "typeCode=\"RSON1\"",
        "unit=\" \"",
        "codeSystem=\"urn:x\"",
        "99999999999999999999"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedDocumentsAreReadOrRefused(long seed) {
        Random random = new Random(seed);
        byte[] xml = Checkups.hanako2025().xml();
        for (int round = 0; round < ROUNDS; round++) {
            read(round % 2 == 0 ? bytesChanged(xml, random) : textChanged(xml, random), seed, round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void damagedArchivesAreReadOrRefused(long seed) {
        Random random = new Random(seed);
        byte[] zip = CheckupZip.of(Checkups.hanako2019()).claim().bytes();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = bytesChanged(zip, random);
            changed[0] = 'P';
            changed[1] = 'K';
            changed[2] = 3;
            read(changed, seed, round);
        }
    }

    private static void read(byte[] file, long seed, int round) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                Reading.of(file).drafts().forEach(draft -> Fhir.json().encodeResourceToString(draft.resource()));
            } catch (FailureException expected) {
                // The file is refused as a whole.
            } catch (RuntimeException e) {
                fail("seed " + seed + ", round " + round, e);
            }
        });
    }

    private static byte[] bytesChanged(byte[] file, Random random) {
        byte[] changed = file.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** Pieces of the format at wrong places, which bytes alone would hardly hit. */
    private static byte[] textChanged(byte[] file, Random random) {
        String text = new String(file, StandardCharsets.UTF_8);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(text.length());
            int cut = Math.min(text.length(), at + random.nextInt(30));
            text = text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(cut);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
