package phr.gateway.registration;

import jakarta.inject.Singleton;
import java.util.List;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.PersonKeys;

/** Accounts among what is encrypted with a person's key. */
@Singleton
final class SealedAccounts implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        return List.of(SealedColumn.of(
                        "person",
                        List.of("id"),
                        "account",
                        (person, key, row) -> PersonKeys.bound(SealedByPersonKeys.CONTEXT))
                .through("JOIN person_key p ON p.person_id = t.id"));
    }
}
