package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.CalendarUnit;
import phr.consent.Grant;
import phr.consent.Permit;
import phr.gateway.record.Portions;
import phr.gateway.record.Query;
import phr.gateway.record.Results;
import phr.gateway.record.postgres.Standing.Ground;

/** Opens what is added up: sums of packed samples and documents, of one moment, and which source counts where several do. */
final class PortionsReader {

    private final Lease lease;
    private final Permit permit;
    private final Standing standing;
    private final SeriesCache series;

    PortionsReader(Lease lease, Permit permit, Standing standing, SeriesCache series) {
        this.lease = lease;
        this.permit = permit;
        this.standing = standing;
        this.series = series;
    }

    /** @param grants those of the permit, then those for aggregates over the unit */
    Portions read(List<Grant> grants, @Nullable CalendarUnit unit, Query query) throws SQLException {
        @Nullable Portions portions = null;
        while (portions == null) {
            portions = once(grants, unit, query);
        }
        return portions;
    }

    /** Null when samples came or became documents meanwhile, so that some would count twice. */
    private @Nullable Portions once(List<Grant> grants, @Nullable CalendarUnit unit, Query query) throws SQLException {
        Optional<Ground> ground = standing.ground(lease.connection(), permit);
        if (ground.isEmpty()) {
            lease.close();
            return Portions.NONE;
        }
        Blinding blinding = new Blinding(ground.get().key());
        PackedSamples samples = new PackedSamples(
                lease.connection(), permit, ground.get().key(), ground.get().head(), series, blinding);
        List<SamplePlan> plans = samples.added(query, grants, unit);
        Adding adding = new Adding(lease.connection(), permit, grants, unit, query, blinding, samples::refersTo);
        boolean packedOnly = ground.get().packedOnly(query.types());
        Rivals rivals = adding.rivals(plans, packedOnly);
        PortionCursor sums = samples.portions(plans, query, rivals);
        Results documents = packedOnly
                ? new NoRows(lease)
                : new RowResults(
                        lease,
                        adding.documents(query),
                        new EntryReader(permit.subject(), grants, ground.get().key(), blinding, samples),
                        standing,
                        permit,
                        0,
                        query);
        boolean unmoved = packedOnly
                || sums == null
                || standing.ground(lease.connection(), permit)
                        .map(Ground::stamp)
                        .equals(ground.map(Ground::stamp));
        if (unmoved && (rivals == Rivals.NONE || rivals.sees(adding.rivals(plans, packedOnly)))) {
            return new MergedPortions(documents, sums, lease, standing, permit);
        }
        if (sums != null) {
            sums.close();
        }
        if (documents instanceof RowResults rows) {
            rows.abandon();
        }
        return null;
    }
}
