package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phr.gateway.keys.DataKey;
import phr.gateway.keys.DataKeys;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;
import phr.gateway.record.Watchers;
import phr.gateway.record.postgres.SharedSaves.Done;
import phr.gateway.record.postgres.SharedSaves.Saving;
import phr.gateway.record.postgres.Standing.Ground;

/** The batches of one caller into the record, if the permit stands. */
record BatchWriter(Standing standing, DataKeys keys, SeriesCache series, Watchers watchers, Clock clock)
        implements SharedSaves.Writing {

    @Override
    public <T> Done<T> write(Connection connection, Saving<T> saving) throws SQLException {
        if (saving.contributions().isEmpty()) {
            standing.confirm(connection, saving.permit());
        }
        List<Stored> told = new ArrayList<>();
        Saved saved = Saved.NOTHING;
        for (Contribution contribution : saving.contributions()) {
            Optional<Ground> ground = standing.ground(connection, saving.permit());
            DataKey key = ground.isPresent() ? ground.get().key() : keys.create(connection, saving.person());
            SeriesHead head = ground.map(Ground::head).orElse(null);
            saved = saved.plus(contribution.write(connection, key, head, series, watchers, told::add, clock.instant()));
        }
        return new Done<>(saving.rest().apply(saved), told);
    }
}
