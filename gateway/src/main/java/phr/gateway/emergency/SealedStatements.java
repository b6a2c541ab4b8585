package phr.gateway.emergency;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.PersonKeys;

/** Statements about emergencies among what is encrypted with a person's key. */
@Singleton
final class SealedStatements implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        return List.of(
                SealedColumn.of(
                        "emergency_session",
                        List.of("id"),
                        "statement",
                        (person, key, row) -> PersonKeys.bound(Statements.context(row.getObject("id", UUID.class), 0))),
                SealedColumn.of(
                                "emergency_event",
                                List.of("session_id", "seq"),
                                "statement",
                                (person, key, row) -> PersonKeys.bound(
                                        Statements.context(row.getObject("session_id", UUID.class), row.getInt("seq"))))
                        .through("JOIN emergency_session p ON p.id = t.session_id"));
    }
}
