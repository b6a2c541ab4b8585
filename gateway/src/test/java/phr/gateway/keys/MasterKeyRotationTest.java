package phr.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phr.fhir.PersonId;
import phr.fhir.failure.FailureException;
import phr.gateway.record.postgres.Database;

/** A new master key on a real database: nothing is rewritten but the wrapped keys, and then the old one may go. */
class MasterKeyRotationTest {

    private static final byte[] CONTEXT = {1};
    private static final byte[] PLAIN = {2, 3, 4};
    private static final int PERSONS = 1_203;

    @TempDir
    static Path directory;

    private static Database database;

    private final MasterKey old = key(1);
    private final MasterKey newer = key(2);
    private final List<PersonId> persons = new ArrayList<>();
    private final List<byte[]> boxes = new ArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        database = new Database(directory);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static MasterKey key(int value) {
        byte[] key = new byte[MasterKey.LENGTH];
        Arrays.fill(key, (byte) value);
        return MasterKey.of(key);
    }

    @BeforeEach
    void personsWithKeysUnderTheOldOne() throws SQLException {
        run("DELETE FROM person_key");
        run("DELETE FROM installation_secret");
        DataKeys keys = keys(old);
        try (Connection connection = database.dataSource().getConnection()) {
            for (int i = 0; i < PERSONS; i++) {
                PersonId person = new PersonId(UUID.randomUUID());
                persons.add(person);
                boxes.add(keys.create(connection, person).encrypt(PLAIN, CONTEXT));
            }
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DataKeys keys(MasterKey... masters) {
        return new DataKeys(MasterKeys.of(List.of(masters)), Clock.systemUTC());
    }

    private MasterKeyRotation.Run rotate(MasterKey... masters) throws SQLException {
        return new MasterKeyRotation(database.dataSource(), MasterKeys.of(List.of(masters))).run();
    }

    private byte[] opened(int person, MasterKey... masters) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return keys(masters)
                    .find(connection, persons.get(person))
                    .orElseThrow()
                    .decrypt(boxes.get(person), CONTEXT);
        }
    }

    @Test
    void everyKeyMovesToTheNewMasterAndTheOldOneMayGo() throws SQLException {
        byte[] secret = new StoredSecrets(database.dataSource(), MasterKeys.of(List.of(old))).of("x");
        assertEquals(new MasterKeyRotation.Run(PERSONS + 1, 0), rotate(newer, old), "persons and the secrets");
        assertEquals(new MasterKeyRotation.Run(0, 0), rotate(newer, old), "the second time nothing is left");
        for (int i = 0; i < PERSONS; i += 100) {
            assertArrayEquals(PLAIN, opened(i, newer), "what was encrypted before is read under the new master alone");
        }
        assertThrows(FailureException.class, () -> opened(0, old));
        assertArrayEquals(secret, new StoredSecrets(database.dataSource(), MasterKeys.of(List.of(newer))).of("x"));
    }

    @Test
    void aRunThatWasCutOffGoesOn() throws SQLException {
        DataKeys both = keys(newer, old);
        try (Connection connection = database.dataSource().getConnection()) {
            for (int i = 0; i < 100; i++) {
                both.renew(connection, persons.get(i));
            }
        }
        assertEquals(new MasterKeyRotation.Run(PERSONS - 100, 0), rotate(newer, old));
        assertArrayEquals(PLAIN, opened(0, newer));
    }

    @Test
    void keysOfAMasterThatNobodyKnowsAreCountedAndLeft() throws SQLException {
        assertEquals(new MasterKeyRotation.Run(0, PERSONS), rotate(newer));
        assertArrayEquals(PLAIN, opened(0, old));
    }

    @Test
    void whoWasErasedGetsNoKeyAgain() throws SQLException {
        PersonId person = persons.get(0);
        database.run("DELETE FROM person_key WHERE person_id = ?", person);
        database.run(
                "INSERT INTO erasure (person_id, id, ground, erased, recipients, counts)"
                        + " VALUES (?, gen_random_uuid(), 'OWN', now(), '[]', '{}')",
                person);
        try (Connection connection = database.dataSource().getConnection()) {
            assertThrows(FailureException.class, () -> keys(old).create(connection, person));
        }
        assertEquals(0, database.count("SELECT count(*) FROM person_key WHERE person_id = ?", person));
    }
}
