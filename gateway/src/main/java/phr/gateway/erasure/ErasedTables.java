package phr.gateway.erasure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each table of the database: what becomes of its rows about a person who is erased. A test finds a table that is not named. */
final class ErasedTables {

    /** Rows of one transaction at most. */
    private static final int BATCH = 2_000;

    /** Rows of about a mebibyte. */
    private static final int LARGE = 32;

    /** A courier locks its row before that of the subscription, which it then writes: whoever deletes waits for it first. */
    private static final String COURIERS =
            "SELECT 1 FROM subscription_courier WHERE subscription IN (SELECT id FROM subscription WHERE %s = ?)"
                    + " ORDER BY subscription FOR UPDATE";

    /** Rows that go; in this order, so that nothing refers to what is gone. */
    static final List<Erased> ERASED = List.of(
            Erased.of("sample_chunk"),
            Erased.of("sample_index"),
            Erased.of("sample_run"),
            Erased.of("series"),
            Erased.of("series_head"),
            Erased.of("source_order"),
            Erased.of("document_history"),
            new Erased("document", """
                    WITH gone AS (DELETE FROM document WHERE person_id = ? AND ctid = ANY (ARRAY(
                        SELECT ctid FROM document WHERE person_id = ? LIMIT 2000)) RETURNING id, type),
                    ids AS (DELETE FROM document_id d USING gone g WHERE d.id = g.id AND d.type = g.type)
                    SELECT count(*) FROM gone""", "person_id", null),
            Erased.of("original_chunk", "person_id", LARGE),
            Erased.of("original"),
            Erased.of("held_upload", "person_id", 4),
            Erased.of("ingest_piece", "person_id", LARGE),
            Erased.of("ingest_created", "person_id", LARGE),
            Erased.of("ingest_job"),
            Erased.of("ingest_answer"),
            Erased.of("ingest_job", "actor", 4),
            Erased.of("received_file"),
            Erased.of("import_receipt"),
            Erased.of("origin_namespace"),
            Erased.of("arrived_directive"),
            Erased.of("sent_document"),
            Erased.of("withdrawal_answer"),
            Erased.of("validation_waiting"),
            Erased.of("quarantine"),
            Erased.of("subscription").after(COURIERS.formatted("person_id")),
            Erased.of("subscription", "actor", BATCH).after(COURIERS.formatted("actor")),
            Erased.of("pairwise_id", "person", BATCH),
            Erased.of("person_notice"),
            Erased.of("person_notice", "reader_id", BATCH),
            Erased.of("erasure_request"),
            Erased.of("key_rotation"),
            Erased.of("person_key"));

    /** Tables whose rows go with those of another. */
    static final Set<String> WITH_ANOTHER = Set.of(
            "document_id", "held_upload_piece", "quarantine_finding", "subscription_courier", "subscription_delivery");

    /** Rows that stay, and why. None of them holds a payload; names of people and login are in none but those of the actors. */
    static final Map<Reason, List<String>> KEPT = Map.of(
            Reason.CONSENT,
            List.of(
                    "directive_version",
                    "directive_event",
                    "consent_receipt",
                    "consent_request",
                    "consent_request_answer",
                    "consent_block",
                    "reconsent_answer"),
            Reason.PROVISION,
            List.of("audit_entry", "audit_delivery", "audit_head", "recipient_notice"),
            Reason.AUTHORITY,
            List.of(
                    "authority",
                    "authority_event",
                    "evidence",
                    "life_event",
                    "life_event_act",
                    "invitation",
                    "invitation_use"),
            Reason.EMERGENCY,
            List.of("emergency_session", "emergency_event"),
            Reason.TOMBSTONE,
            List.of("person", "consent_epoch", "erasure"));

    /** Tables without rows about single persons. */
    static final Set<String> ABOUT_NOBODY = Set.of(
            "disaster_event",
            "disaster_mode",
            "flyway_schema_history",
            "installation_secret",
            "notice_courier",
            "notice_number",
            "organisation",
            "organisation_client",
            "policy_text",
            "relabelling");

    private ErasedTables() {}

    /** Why rows stay. */
    enum Reason {
        /** Proof that data were processed under a consent. */
        CONSENT("consents, receipts and questions: proof that what was done was permitted", true),
        /** APPI 29 and 30: who got what, when, under which consent; and that recipients were told to erase. */
        PROVISION("records of provision and receipt (APPI 29, 30), and whether recipients have erased", true),
        AUTHORITY("who acted for the person, and on what evidence", true),
        /** The free text was encrypted with her key and cannot be read any more. */
        EMERGENCY("emergency accesses and their reviews, without their text", true),
        TOMBSTONE("that there was a person of this id, so that nothing of hers is ever taken in again", false);

        private final String text;
        private final boolean ends;

        Reason(String text, boolean ends) {
            this.text = text;
            this.ends = ends;
        }

        String text() {
            return text;
        }

        /** Whether the operator's period applies. */
        boolean ends() {
            return ends;
        }
    }

    /**
     * One table that is emptied of a person.
     *
     * @param sql deletes a batch, with the person for each of its two marks, and answers how many rows it was
     * @param person column that names her
     * @param locks statement with the person for its mark, run first in the same transaction; null = none
     */
    record Erased(
            String table,
            String sql,
            String person,
            @Nullable String locks) {

        static Erased of(String table) {
            return of(table, "person_id", BATCH);
        }

        static Erased of(String table, String person, int batch) {
            String rows = " FROM " + table + " WHERE " + person + " = ?";
            return new Erased(
                    table,
                    "WITH gone AS (DELETE" + rows + " AND ctid = ANY (ARRAY(SELECT ctid" + rows + " LIMIT " + batch
                            + ")) RETURNING 1) SELECT count(*) FROM gone",
                    person,
                    null);
        }

        Erased after(String statement) {
            return new Erased(table, sql, person, statement);
        }
    }
}
