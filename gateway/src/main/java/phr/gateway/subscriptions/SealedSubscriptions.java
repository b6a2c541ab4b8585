package phr.gateway.subscriptions;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import phr.gateway.keys.SealedColumn;
import phr.gateway.record.PersonKeys;

/** Subscriptions among what is encrypted with a person's key. */
@Singleton
final class SealedSubscriptions implements SealedColumn.Keeper {

    @Override
    public List<SealedColumn> sealed() {
        return List.of(SealedColumn.of(
                "subscription",
                List.of("id"),
                "content",
                (person, key, row) -> PersonKeys.bound(SubscriptionRows.context(row.getObject("id", UUID.class)))));
    }
}
