package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import phr.fhir.PersonId;

/** The consent epoch of a person: a number that grows with every change of her consents (consent-semantics.md §15). */
@ApplicationScoped
public class ConsentEpochs {

    private final DataSource dataSource;
    private final EntityManager entities;

    ConsentEpochs(DataSource dataSource, EntityManager entities) {
        this.dataSource = dataSource;
        this.entities = entities;
    }

    /**
     * The epoch as committed now; 0 when nothing was ever recorded.
     *
     * @throws IllegalStateException when the database cannot tell
     */
    public long current(PersonId person) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select epoch from consent_epoch where person_id = ?")) {
            query.setObject(1, person.value());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("consent epoch cannot be read", e);
        }
    }

    /** Makes every permit of the person stale when the surrounding transaction commits. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void bump(PersonId person) {
        lock(person.value());
        entities.createNativeQuery("update consent_epoch set epoch = epoch + 1 where person_id = ?1")
                .setParameter(1, person.value())
                .executeUpdate();
    }

    /** Makes whoever else wants to change the person's consents wait until the surrounding transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void lock(PersonId person) {
        lock(person.value());
    }

    /** Changes of one person's consents happen one after the other. */
    void lock(UUID person) {
        entities.createNativeQuery("insert into consent_epoch (person_id, epoch) values (?1, 0) on conflict do nothing")
                .setParameter(1, person)
                .executeUpdate();
        entities.createNativeQuery("select epoch from consent_epoch where person_id = ?1 for update")
                .setParameter(1, person)
                .getSingleResult();
    }
}
