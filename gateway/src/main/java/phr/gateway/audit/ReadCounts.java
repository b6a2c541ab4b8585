package phr.gateway.audit;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Counts over the access log of one person: who read how often, and when last. */
@ApplicationScoped
public class ReadCounts {

    private static final String BY_ORGANISATION_AND_DIRECTIVE = """
            select e.organisation, split_part(d.key, '@', 1), max(e.at), count(distinct e.seq)
              from audit_entry e left join lateral unnest(e.directives) as d (key) on true
             where e.person = ? and e.outcome = 'PERMIT' and e.action in ('read', 'subscribe', 'export')
             group by grouping sets ((e.organisation), (split_part(d.key, '@', 1)))
            having e.organisation is not null or split_part(d.key, '@', 1) is not null
            """;

    private final javax.sql.DataSource database;

    ReadCounts(@DataSource("audit") javax.sql.DataSource database) {
        this.database = database;
    }

    /** One statement; permitted reads only. */
    public List<ReadCount> of(PersonId person) {
        List<ReadCount> counts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(BY_ORGANISATION_AND_DIRECTIVE)) {
            select.setObject(1, person.value());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.add(new ReadCount(
                            row.getString(1),
                            row.getString(2),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            row.getLong(4)));
                }
            }
        } catch (SQLException e) {
            throw Failure.of(Category.UNAVAILABLE, "audit", "the access log cannot be used now")
                    .exception();
        }
        return counts;
    }
}
