package phr.gateway.ingest.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phr.fhir.Sha256;

/** A digest goes on only where it stands: what was taken in elsewhere is never left out of one. */
class RunningDigestsTest {

    private static final byte[] FILE = "steps and sleep".getBytes(StandardCharsets.US_ASCII);

    private final UUID file = UUID.randomUUID();
    private final RunningDigests digests = new RunningDigests();

    private void arrives(int from, int to) {
        MessageDigest digest = digests.take(file, from);
        if (digest != null) {
            digest.update(FILE, from, to - from);
        }
        digests.keep(file, to, digest);
    }

    @Test
    void of_all_its_parts() {
        arrives(0, 5);
        arrives(5, 6);
        arrives(6, FILE.length);
        MessageDigest digest = digests.take(file, FILE.length);
        assertNotNull(digest);
        assertEquals(Sha256.of(FILE), Sha256.from(digest.digest()));
        assertNull(digests.take(file, FILE.length), "once");
    }

    @Test
    void none_where_another_took_a_part_in() {
        arrives(0, 5);
        arrives(8, FILE.length);
        assertNull(digests.take(file, FILE.length));
    }

    @Test
    void none_where_the_last_answer_was_lost() {
        arrives(0, 5);
        assertNull(digests.take(file, 8));
        arrives(8, FILE.length);
        assertNull(digests.take(file, FILE.length));
    }

    @Test
    void those_that_rested_longest_are_forgotten() {
        arrives(0, 5);
        for (int i = 0; i < 200; i++) {
            UUID other = UUID.randomUUID();
            digests.keep(other, 1, digests.take(other, 0));
        }
        assertNull(digests.take(file, 5));
    }
}
