package phr.gateway.audit;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private static final Set<String> READS = Set.of("read", "subscribe", "export");

    private final javax.sql.DataSource database;

    ReadCounts(@DataSource("audit") javax.sql.DataSource database) {
        this.database = database;
    }

    /** Permitted reads only, and of them those that are not hidden. */
    public List<ReadCount> of(PersonId person, Discretion discretion) {
        return discretion.none() ? of(person) : counted(person, discretion);
    }

    private List<ReadCount> counted(PersonId person, Discretion discretion) {
        Map<List<String>, ReadCount> counts = new TreeMap<>(Comparator.comparing(String::valueOf));
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            AuditSql.each(connection, person, (entry, delivered) -> {
                boolean read = entry.outcome().equals("PERMIT") && READS.contains(entry.action());
                if (read && !discretion.hides(entry, delivered)) {
                    count(counts, entry);
                }
            });
            connection.rollback();
        } catch (SQLException e) {
            throw unavailable();
        }
        return List.copyOf(counts.values());
    }

    private static void count(Map<List<String>, ReadCount> counts, AuditEntry entry) {
        String organisation = entry.organisation();
        if (organisation != null) {
            counts.merge(
                    List.of("organisation", organisation),
                    new ReadCount(organisation, null, entry.at(), 1),
                    ReadCounts::sum);
        }
        entry.directives().stream()
                .map(key -> key.replaceFirst("@.*", ""))
                .distinct()
                .forEach(directive -> counts.merge(
                        List.of("directive", directive),
                        new ReadCount(null, directive, entry.at(), 1),
                        ReadCounts::sum));
    }

    private static ReadCount sum(ReadCount before, ReadCount more) {
        return new ReadCount(before.organisation(), before.directive(), more.last(), before.count() + more.count());
    }

    /** One statement. */
    private List<ReadCount> of(PersonId person) {
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
            throw unavailable();
        }
        return counts;
    }

    private static RuntimeException unavailable() {
        return Failure.of(Category.UNAVAILABLE, "audit", "the access log cannot be used now")
                .exception();
    }
}
