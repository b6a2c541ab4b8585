package phr.gateway.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Reads whole chains, each as one state of the log, a thousand rows in memory; on the readers' connections, not the log's own. */
@ApplicationScoped
public class Chains {

    private final DataSource database;

    Chains(DataSource database) {
        this.database = database;
    }

    /** Reads something on one connection. */
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs the work in one transaction that sees one state.
     *
     * @throws phr.fhir.failure.FailureException UNAVAILABLE when the log cannot be read
     */
    public <T> T reading(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement begin = connection.createStatement()) {
                begin.execute("set transaction isolation level repeatable read read only");
                return work.run(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Failure.of(Category.UNAVAILABLE, "audit", "the access log cannot be used now")
                    .exception();
        }
    }

    Verification verify(PersonId person) {
        return reading(connection -> verify(connection, person));
    }

    static Verification verify(Connection connection, PersonId person) throws SQLException {
        Verification verification = new Verification();
        AuditSql.each(connection, person, verification::accept);
        DeliverySql.each(connection, person, verification::accept);
        return verification
                .closedBy(AuditSql.tip(connection, person))
                .deliveriesClosedBy(DeliverySql.tip(connection, person));
    }

    /** Ids only: sixteen bytes a person. */
    static List<PersonId> persons(Connection connection) throws SQLException {
        List<PersonId> persons = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select person from audit_head order by person");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                persons.add(PersonId.parse(row.getString(1)));
            }
        }
        return persons;
    }
}
