package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import phr.fhir.PersonId;
import phr.fhir.facts.Facts;
import phr.fhir.facts.LabelBasis;
import phr.fhir.facts.Tokens;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.StoredLabels.Relabelled;

/** Gives the series of one person new labels: they hang on codes, which all samples of a series share. The caller holds her lock. */
final class SeriesLabels {

    private final SeriesRows rows;
    private final StoredLabels labels;

    SeriesLabels(Connection connection, PersonId person, DataKey key, StoredLabels labels) {
        this.rows = new SeriesRows(connection, person, key);
        this.labels = labels;
    }

    /** @return whether any series has changed */
    boolean again() throws SQLException {
        boolean changed = false;
        for (Series series : rows.all()) {
            Facts facts = facts(series);
            if (!facts.equals(series.shape().facts())) {
                rows.update(series.labelled(facts));
                changed = true;
            }
        }
        return changed;
    }

    private Facts facts(Series series) {
        Facts before = series.shape().facts();
        Envelope one = new Envelope(
                series.identity(""),
                before.categories().values().stream().sorted().toList(),
                series.links(),
                series.origin(),
                series.example());
        Relabelled after = labels.of(one, series.origin());
        Set<String> categories = new HashSet<>(after.envelope().categories());
        return new Facts(
                before.type(),
                before.id(),
                before.documentType(),
                before.source(),
                before.device(),
                categories.isEmpty() ? before.categories() : Tokens.of(categories),
                before.codes(),
                before.authors(),
                before.linksOut(),
                after.labels(),
                before.time(),
                new LabelBasis(before.basis().categories(), before.basis().given(), after.hits()));
    }
}
