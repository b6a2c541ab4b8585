package phr.gateway.transfer;

import jakarta.inject.Singleton;
import java.util.List;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.PersonKeys;

/** Directives of earlier providers among what is encrypted with a person's key. */
@Singleton
final class SealedDirectives implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        return List.of(SealedColumn.of(
                "arrived_directive",
                List.of("person_id", "namespace", "directive", "version"),
                "body",
                (person, key, row) -> PersonKeys.bound(ArrivedConsents.context(
                        row.getString("namespace"), row.getString("directive") + "@" + row.getInt("version")))));
    }
}
